"""A superior takes a case to itself; an office is recused and loses what it has. Pure decisions.

Terms make it safe while letters are on their way: an override raises the first part of the term, each tier in a place
of its own, so that two superiors never raise it to the same and the upper one's is always the higher. What comes later
from a lower term is refused by rule and stands in the journal.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import line, milestone
from contracts.words import Status
from services.assignment import clocks, guards
from services.assignment.holding.rules import passed_on
from services.assignment.state import CaseState, Term

# How much an override adds, by depth below the top: within one of the district's there is room for 99 of a town's.
OVERRIDE_STEPS = (10_000, 100, 1)
SERVICES = ("assignment", "intake", "supervision", "hearing")
# The term of a recall that only says: recused. The present term is not told to a recused office.
EXCLUDED: Term = (0, 0)
WENT_ON = (Status.ACCEPTED, Status.SETTLED, Status.OPINION)


def override(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """The common superior takes the case to itself, with the content it kept (XF22 art. 24; design: Recusal).

    Refused unless the office that has it lies below. With ``exclude_holder`` that office is recused as well.
    """
    guards.not_recalled(state)
    loser = state.offered_to or state.holder
    if loser == here.office:
        raise Refused("already_held", "该事项由本机关承办,无须收回")
    if here.office not in above(loser, here):
        raise Refused("not_superior", "只有共同的上级机关可以收回")
    gone = (loser,) if cmd["exclude_holder"] else ()
    return take_over(state, gone, here, cmd["reason"])


def exclude(state: CaseState, cmd: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """Recuse an office: no word of the case goes there from this commit (回避, 监察法 art. 67; XF22 art. 28).

    Only of an office below this one, which holds the case or passed it down: whoever is above decides. An office that
    may have had a word of the case gets the neutral recall; one that never had learns nothing.
    """
    guards.not_recalled(state)
    office = cmd["office"]
    _may_exclude(state, office, here)
    if office == state.offered_to:
        return take_over(state, (office,), here, cmd["reason"])
    excluded = replace(state, excluded=(*state.excluded, office))
    had_word = [office] if office in state.seen else []
    tells = [*recall(had_word, state, EXCLUDED, here)]
    if state.holder == here.office:
        tells += milestone(excluded, "excluded", here)
    else:
        tells.append(Tell(state.holder, "assignment", "case_excluded", state.case, {"excluded": [office]}))
    return Decision(excluded, tuple(tells), "excluded", cmd["reason"], {"office": office})


def _may_exclude(state: CaseState, office: str, here: Here) -> None:
    try:
        superiors = above(office, here)
    except KeyError:
        raise Refused("unknown_office", "没有这个机关", {"office": ["没有这个机关"]}) from None
    if here.office not in superiors:
        raise Refused("not_superior", "该机关的回避由其上级机关决定", {"office": ["由其上级决定"]})
    if office in state.excluded:
        raise Refused("excluded", "该机关已经回避", {"office": ["已经回避"]})
    if office == state.holder:
        raise Refused("holder", "该机关正在承办,请收回并令其回避", {"office": ["正在承办"]})
    if state.holder != here.office and not is_below(state.holder, here):
        raise Refused("not_holder", "本机关不是该事项的承办单位")


def on_excluded(state: CaseState, data: Mapping[str, Any], sender: str, here: Here) -> Decision[CaseState]:
    """A superior recused offices: the holder acts on it, an office on the way passes it on to the holder."""
    fresh = [office for office in data["excluded"] if office not in (*state.excluded, here.office)]
    if state.recalled or not fresh or sender not in above(here.office, here):
        return guards.unheard(state, f"case_excluded by {sender}")
    if any(office in fresh and is_below(office, here) for office in (state.offered_to, state.holder)):
        return take_over(state, fresh, here, "回避")
    state = replace(state, excluded=(*state.excluded, *fresh))
    if state.holder == here.office:
        tells = (*milestone(state, "excluded", here), *asking_back(state, fresh))
        return Decision(state, tells, "excluded", "", {"offices": fresh})
    onward = Tell(state.holder, "assignment", "case_excluded", state.case, {"excluded": fresh})
    below = is_below(state.holder, here) and state.holder not in fresh
    return Decision(state, (onward,) if below else (), "excluded", "", {"offices": fresh})


def asking_back(state: CaseState, fresh: Iterable[str]) -> tuple[Tell, ...]:
    """An offer under way to an office above that was recused meanwhile is asked back."""
    if state.offered_to not in fresh:
        return ()
    data = {"term": {"override": state.override, "n": state.allotted}, "reason": "回避"}
    return (Tell(state.offered_to, "assignment", "ask_back", state.case, data),)


def on_given_up(state: CaseState, data: Mapping[str, Any], sender: str, here: Here) -> Decision[CaseState]:
    """What the loser had: running clocks go on here with the dates they had.

    An account of a higher term comes from a recused office that had taken the case meanwhile: it is taken from there,
    by the next override, which is above any that is heard.
    """
    term = data["term"]["override"], data["term"]["n"]
    known_below = sender in (*state.seen, *state.excluded) and here.office in above(sender, here)
    if state.recalled or not known_below or term[0] >= next_override(state.override, here):
        return guards.unheard(state, f"case_given_up by {sender}")
    if term > state.term and sender in state.excluded:
        seen = tuple(dict.fromkeys((*state.seen, data["holder"])))
        return take_over(replace(state, seen=seen), (), here, "回避", also=(data["holder"],))
    fresh = state.holder == here.office and not state.offered_to and state.status == Status.REGISTERED
    if not fresh or not _goes_on(data, here):
        return Decision(state, (), "account_received", "", {"by": sender})
    taken = replace(
        state, status=Status.ACCEPTED.value, accepted_at=data["accepted_at"], extended=data["extended"], taken=True
    )
    taken, stopped = clocks.stop(taken, here, (*clocks.SORTING, "K17"))
    carried = {kind: kept for kind, kept in data["clocks"].items() if kind != "K17"}
    taken, begun = clocks.resume(taken, carried)
    return Decision(taken, milestone(taken, "resumed", here, stopped + begun), "resumed", "", {"by": sender})


def _goes_on(data: Mapping[str, Any], here: Here) -> bool:
    """Whether the loser was handling it. What a village had accepted is for an organ to accept anew."""
    handled = data["status"] in WENT_ON and bool(set(clocks.HANDLING) & set(data["clocks"]))
    return handled and here.tree.office(data["holder"]).tier != "village"


def take_over(
    state: CaseState, gone: Iterable[str], here: Here, why: str, *, also: Iterable[str] = ()
) -> Decision[CaseState]:
    """Raise the override and hold the case here, from its sorting on; recall it from everyone who had it from here."""
    losers = [state.offered_to, state.passed_to, state.holder, *also]
    taken, acts = clocks.stop(state, here, ["K24"])
    taken = replace(
        taken,
        holder=here.office,
        override=next_override(state.override, here),
        n=0,
        allotted=0,
        excluded=tuple(dict.fromkeys((*state.excluded, *gone))),
        status=Status.REGISTERED.value if state.holder != here.office else state.status,
        came_at=here.now if state.holder != here.office else state.came_at,
        accepted_at=None if state.holder != here.office else state.accepted_at,
        from_office=state.from_office if state.from_office in above(here.office, here) else "",
        offered_to="",
        offered_at=None,
        passed_to="",
        asked_back=False,
    )
    taken, begun = clocks.begin(taken, here)
    told = dict.fromkeys((*line(here.tree, here.office), *_between(losers, here)))
    tells = (
        *recall(losers, taken, taken.term, here),
        *milestone(taken, "overridden", here, acts + begun, to=tuple(told)),
        *passed_on(taken, here),
        clocks.public(taken, "returned", here),
    )
    return Decision(taken, tells, "overridden", why, {"term": list(taken.term), "excluded": list(taken.excluded)})


def next_override(known: int, here: Here) -> int:
    """The number an office raises the override to: the next in its tier's place."""
    depth = len(here.tree.ancestors(here.office))
    step = OVERRIDE_STEPS[min(depth, len(OVERRIDE_STEPS) - 1)]
    return (known // step + 1) * step


def recall(offices: Iterable[str], state: CaseState, term: Term, here: Here) -> tuple[Tell, ...]:
    """The one neutral word, to every service of the offices below that are meant."""
    data = {"term": {"override": term[0], "n": term[1]}}
    meant = [office for office in dict.fromkeys(offices) if is_below(office, here)]
    return tuple(Tell(office, service, "case_recalled", state.case, data) for office in meant for service in SERVICES)


def _between(losers: Iterable[str], here: Here) -> tuple[str, ...]:
    """The offices between this one and those that lose the case: their ledgers follow it too, unless they lose it."""
    below = [office for office in losers if is_below(office, here)]
    found = [each for office in below for each in above(office, here)]
    return tuple(office for office in found if is_below(office, here) and office not in below)


def above(office: str, here: Here) -> tuple[str, ...]:
    """The offices above, nearest first; KeyError for an unknown one."""
    return tuple(each.id for each in here.tree.ancestors(office))


def is_below(office: str, here: Here) -> bool:
    """Whether it is an office below this one; "" is none."""
    return bool(office) and office != here.office and here.office in above(office, here)
