"""Figures of who answers for what (S27–S29, S37)."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from contracts.activities import campaign_flag
from contracts.context import Here
from contracts.figures import Figure, Wanted
from contracts.words import Performance
from services.assignment.models import AssignmentCase
from services.assignment.officials.store import in_force
from services.assignment.responsibility import groups, matrix, store, views
from services.assignment.responsibility.places import town_of_case
from services.assignment.responsibility.store import OPEN

MERITS = {"award": "奖励", "sanction": "惩处", "score": "考核得分"}
COUNTS = {"received": "收到", "open": "在办", "overdue": "逾期", "resolved": "化解"}


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """What this office's assignment knows; no sealed report is in it, nor C15, nor a case hidden from the actor.

    A petition counts in the days in which it came to this office, if one of the offices wanted has it now, as far as is
    known here: ``received``; ``open`` and ``resolved`` (化解, confirmed) of these; ``overdue`` of those held here, with a clock
    that ran out before now and before the days end. By class, and by the leader who answers for class and town on the
    last day: what a leader is recused from is the next one's, and ``leader_none`` has what nobody answers for;
    ``cases_by_team`` are those that a team has now. Seats are taken or empty on the last day. Hand-overs count by the
    first day of who comes, merits by their document's day, once for a town and not for each person.
    """
    petitions = [row for row in store.petitions(session) if _counts(row, here, wanted)]
    yield from _by_class(petitions, here, wanted)
    yield from _by_leader(session, petitions, here, wanted)
    yield Figure("cases_by_team", "其中由专班集中办理", sum(bool(row.team) for row in petitions), len(petitions))
    if not wanted.campaign:
        yield from _of_groups(session, here, wanted)


def _counts(row: AssignmentCase, here: Here, wanted: Wanted) -> bool:
    return (
        wanted.begins <= row.came_at < wanted.ends
        and row.holder in wanted.offices(here)
        and not here.policy.category(row.category).confidential
        and (not wanted.campaign or campaign_flag(wanted.campaign) in row.flags)
    )


def _by_class(petitions: Sequence[AssignmentCase], here: Here, wanted: Wanted) -> Iterator[Figure]:
    for code in matrix.classes(here.policy):
        rows = [row for row in petitions if here.policy.category(row.category).code == code]
        yield from _counted(f"class_{code}", here.policy.categories[code].zh, rows, here, wanted)


def _by_leader(session: Session, petitions: Sequence[AssignmentCase], here: Here, wanted: Wanted) -> Iterator[Figure]:
    officials = in_force(session).officials
    known = matrix.leaders(officials, wanted.until)
    names = {each.person: each.name for each in known}
    by_person: dict[str, list[AssignmentCase]] = {person: [] for person in names}
    for row in petitions:
        recused = views.recused_from(session, row, officials)
        leader = matrix.leader_of(row.category, town_of_case(row, here), known, here, recused)
        by_person.setdefault(leader.person if leader else "none", []).append(row)
    for person, rows in sorted(by_person.items()):
        yield from _counted(f"leader_{person}", names.get(person, "无人包抓"), rows, here, wanted)


def _counted(name: str, zh: str, rows: Sequence[AssignmentCase], here: Here, wanted: Wanted) -> Iterator[Figure]:
    open_ = [row for row in rows if row.status in OPEN]
    late = min(here.now, wanted.ends)
    counts = {
        "received": len(rows),
        "open": len(open_),
        "overdue": sum(_is_overdue(row, late) for row in open_),
        "resolved": sum(row.performance == Performance.RESOLVED for row in rows),
    }
    for word, value in counts.items():
        yield Figure(f"{name}_{word}", f"{zh}:{COUNTS[word]}", value, None if word == "received" else len(rows))


def _is_overdue(row: AssignmentCase, at: datetime) -> bool:
    return any(datetime.fromisoformat(kept["due"]) < at for kept in (row.clocks or {}).values())


def _of_groups(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    officials, towns = in_force(session).officials, groups.towns(here)
    meant = [town for town in towns if town in wanted.offices(here)]
    complete = sum(not groups.empty(town, officials, here, wanted.until) for town in meant)
    yield Figure("groups_complete", "3+2包抓组完整的镇(街道)", complete, len(meant))
    without = len(list(matrix.findings(officials, here, wanted.until)))
    yield Figure(
        "classes_with_leader",
        "有包抓领导的问题类别",
        len(matrix.classes(here.policy)) - without,
        len(matrix.classes(here.policy)),
    )
    handed = [each for each in store.hand_overs(session) if wanted.since <= each.day <= wanted.until]
    handed = [each for each in handed if each.town in meant]
    yield Figure("hand_overs_signed", "双方已签的包抓交接", sum(each.is_signed for each in handed), len(handed))
    found = store.merits_between(session, wanted.since, wanted.until)
    events = Counter({each.merit: each.kind for each in found if each.town in meant}.values())
    for kind, zh in MERITS.items():
        yield Figure(f"merits_{kind}", f"镇(街道){zh}", events[kind])
