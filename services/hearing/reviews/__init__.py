"""Review (复查) and final review (复核), inside the network and outside."""
