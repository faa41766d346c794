"""Figures of people and offices that went."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.context import Here
from contracts.figures import Figure, Wanted
from services.assignment.moving import store
from services.assignment.moving.rules import ON, OUTSIDE


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """Of this office's petition desk; with a campaign or for another office there are none.

    ``persons_left`` counts persons by their day, once; ``keys_rotated`` the tasks of these days; ``left_behind`` the open
    cases that bear the name of somebody who left, today; ``cases_succeeded`` the cases that came from offices that are
    no more in these days, and how many of them went on to who follows.
    """
    if wanted.campaign or wanted.office not in ("", here.office):
        return
    left = [each for each in store.leavers(session, "petition") if wanted.since <= each.day <= wanted.until]
    yield Figure("persons_left", "离任、调离人员", len({each.person or each.account for each in left}))
    tasks = store.key_tasks(session, "petition")
    tasks = [each for each in tasks if wanted.since <= local_day(each.at) <= wanted.until]
    yield Figure("keys_rotated", "已更换的密钥", sum(each.done_day is not None for each in tasks), len(tasks))
    names = frozenset(name for each in store.leavers(session, "petition") for name in each.names)
    yield Figure("left_behind", "离任人员名下的在办件", len(store.handled(session, "petition", here.office, names)))
    moved = [each for each in store.moved_of(session, "petition") if wanted.begins <= each.taken_at < wanted.ends]
    gone = sum(each.state in (ON, OUTSIDE) for each in moved)
    yield Figure("cases_succeeded", "撤并单位移交的事项:已转承接单位", gone, len(moved))
