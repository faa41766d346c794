"""Figures of petition supervision, for the discipline desk alone (S86, S87; 监督执纪四种形态, 党内监督条例 art. 7)."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.figures import Figure, Wanted
from services.supervision.measures import store


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """Of measures carried out in these days by the offices that are wanted; what was only proposed or approved counts nothing.

    ``petition_supervisions``: distinct reports with at least one measure that is petition supervision (S87). ``measures``: the
    measures, of every kind; ``measure_…`` those of one kind. ``first_form``: distinct reports with a measure of the first form.
    ``corrected`` and ``not_corrected``: measures by their result, however late it came; one without a result is in neither.
    A campaign has no discipline reports: of one, everything is 0.
    """
    offices, kinds = wanted.offices(here), here.policy.measures
    rows = [] if wanted.campaign else store.facts(session, wanted.since, wanted.until)
    mine = [row for row in rows if row.office in offices]
    supervised = {row.case_id for row in mine if row.kind in kinds and kinds[row.kind].supervision}
    first = {row.case_id for row in mine if row.kind in kinds and kinds[row.kind].first_form}
    yield Figure("petition_supervisions", "实施信访监督(件)", len(supervised))
    yield Figure("measures", "采取措施(次)", len(mine))
    for name, kind in kinds.items():
        yield Figure(f"measure_{name}", f"其中{kind.zh}", sum(row.kind == name for row in mine), part_of="measures")
    yield Figure("first_form", "运用第一种形态(件)", len(first))
    yield Figure("corrected", "已纠正", sum(row.corrected is True for row in mine))
    yield Figure("not_corrected", "未纠正", sum(row.corrected is False for row in mine))
