"""Who answers for what (包抓): the 3+2 groups, class leaders, area holders, signed hand-overs, awards and sanctions."""
