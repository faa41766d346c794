"""Figures of leaders' instructions (K27) and of suggestions (K15, XF22 art. 40): given, answered, in time, adopted."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.figures import Figure, Wanted
from contracts.words import Desk
from services.supervision.demands import store
from services.supervision.demands.rules import Demand
from services.supervision.ledger.figures import kept_from_reader

EVENTS = ("demand_made", "demand_answered", "demand_withdrawn")


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """For each kind of demand of the policy that a leader makes, or whose answer says whether it is adopted:

    ``<kind>s_given``: made on these days by an office that is wanted, as far as it is known here; withdrawn ones are not
    counted. ``_answered``: those of them that are answered by now, of those given. ``_on_time``: those whose due moment lies
    in these days, by whenever they were given, answered by it, of those due so; one that is not yet due nor answered is not in
    the base. ``_adopted``: of those given that are answered, how many were adopted. Not cut by campaign (none with one).
    """
    if wanted.campaign:
        return
    offices = wanted.offices(here)
    kept_from = kept_from_reader(session, Desk.PETITION.value, wanted)
    standing = store.standing(session, Desk.PETITION.value)
    known = [each for each in standing if each.giver in offices and each.case_id not in kept_from]
    for name, kind in here.policy.demand_kinds.items():
        if (kind.leader or kind.adopted) and Desk.PETITION in kind.desks:
            of_kind = [each for each in known if each.kind == name]
            yield from _of_kind(name, kind.zh, of_kind, here, wanted)
            if kind.adopted:
                yield _adopted(name, kind.zh, _given(of_kind, wanted))


def _given(demands: Sequence[Demand], wanted: Wanted) -> list[Demand]:
    return [each for each in demands if wanted.begins <= each.at < wanted.ends]


def _of_kind(name: str, zh: str, demands: Sequence[Demand], here: Here, wanted: Wanted) -> Iterator[Figure]:
    given = _given(demands, wanted)
    due = [
        each
        for each in demands
        if wanted.begins <= each.due < wanted.ends and (each.answered_at is not None or each.due < here.now)
    ]
    in_time = [each for each in due if each.answered_at is not None and each.answered_at <= each.due]
    yield _figure(f"{name}s_given", zh, given)
    yield _figure(f"{name}s_answered", f"{zh}已答复", [each for each in given if each.answered_at], len(given))
    yield _figure(f"{name}s_on_time", f"{zh}按时答复率", in_time, len(due))


def _adopted(name: str, zh: str, given: Sequence[Demand]) -> Figure:
    answered = [each for each in given if each.answered_at is not None]
    return _figure(f"{name}s_adopted", f"{zh}已采纳", [each for each in answered if each.adopted], len(answered))


def _figure(name: str, zh: str, demands: Sequence[Demand], base: int | None = None) -> Figure:
    return Figure(name, zh, len(demands), base, tuple(each.id for each in demands), EVENTS)
