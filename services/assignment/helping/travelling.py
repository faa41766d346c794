"""Helpers go where the case goes: with an offer, after a signature, when it closes or an office is recused. Pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from contracts.context import Here
from contracts.letters import Tell
from contracts.telling import milestone
from services.assignment.helping.rules import asked, released, started, stopped
from services.assignment.helping.states import ASKED, RELEASED, REPORTED, HelperState
from services.assignment.helping.way import on_the_way
from services.assignment.state import CaseState

MOMENTS = ("asked_at", "due", "reported_at", "heard_at")
CLOSED = "事项已办结或者关闭"
NOW_HOLDS = "本机关已承办该事项"

Followed = tuple[tuple[HelperState, ...], tuple[Tell, ...]]
"""Helpers as they are from now on, and what is told."""


def plain(helpers: Iterable[HelperState]) -> list[dict[str, Any]]:
    """Helpers as an offer or an account carries them."""
    return [
        {**vars(each), "how": list(each.how), **{name: _text(getattr(each, name)) for name in MOMENTS}}
        for each in helpers
    ]


def _text(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None


def from_plain(case: str, told: Iterable[Mapping[str, Any]]) -> tuple[HelperState, ...]:
    """The helpers that a letter brought. KeyError, TypeError or ValueError when it is none of ours."""
    names = [field.name for field in fields(HelperState)]
    return tuple(
        HelperState(
            **{
                **{name: each[name] for name in names},
                **{name: datetime.fromisoformat(each[name]) if each[name] else None for name in MOMENTS},
                "case": case,
                "how": tuple(each["how"]),
            }
        )
        for each in told
    )


def taken_over(helpers: Sequence[HelperState], office: str) -> tuple[HelperState, ...]:
    """The helpers of a case that ``office`` signed for: it helps itself no more."""
    return tuple(
        replace(each, state=RELEASED, why=NOW_HOLDS) if each.office == office and each.state == ASKED else each
        for each in helpers
    )


def signed_for(helpers: Sequence[HelperState], here: Here) -> list[dict[str, Any]]:
    """What a signature does to the helpers' clocks: they run on, but that of the signing office itself ends."""
    own = [each for each in helpers if each.office == here.office and each.state == ASKED]
    return [*started(*(each for each in helpers if each not in own)), *stopped(own, here)]


def heard_meanwhile(
    state: CaseState, helpers: Iterable[HelperState], since: datetime | None, here: Here
) -> tuple[Tell, ...]:
    """The reports that came while the case was offered, for the office that signed without having them."""
    return tuple(
        on_the_way("help_reported", state.case, _report(each, state), here)
        for each in helpers
        if each.state == REPORTED and each.heard_at is not None and since is not None and each.heard_at >= since
    )


def _report(helper: HelperState, state: CaseState) -> dict[str, Any]:
    told = {"ordinal": helper.ordinal, "to": state.passed_to, "office": helper.office}
    return {**told, "at": helper.reported_at, "report": helper.report, "excluded": list(state.excluded)}


def follow(before: CaseState, after: CaseState, helpers: Sequence[HelperState], here: Here) -> Followed:
    """What becomes of helpers when the holder's case changed: recused ones go without a trace, a closed case needs none.

    A recused office is missing from what is given back.
    """
    fresh = set(after.excluded) - set(before.excluded)
    gone = [each for each in helpers if each.office in fresh]
    waiting = [each for each in helpers if each.office not in fresh and each.state == ASKED]
    ended = waiting if before.is_open and not after.is_open else []
    tells = (
        *(released(after, each, "", here) for each in gone),
        *(released(after, each, CLOSED, here) for each in ended),
        *_stopped_clocks(after, [each for each in gone if each.state == ASKED], here),
    )
    left = [replace(each, state=RELEASED, why=CLOSED) if each in ended else each for each in helpers]
    return tuple(each for each in left if each not in gone), tells


def withdrawn(
    state: CaseState, helpers: Iterable[HelperState], recalled: Collection[str], here: Here
) -> tuple[Tell, ...]:
    """The words to the helpers of a case that leaves nothing behind, but to those that a recall tells it."""
    return tuple(released(state, each, "", here) for each in helpers if each.office not in recalled)


def adopted(state: CaseState, helpers: Iterable[HelperState], here: Here) -> Followed:
    """Helpers of an office that lost the case: asked again by this one, which the answer then comes to.

    Their clocks run on as they are. Those that are recused or this office itself are not adopted, and their clocks end.
    """
    told = tuple(helpers)
    shunned = (*state.excluded, here.office)
    kept = tuple(each for each in told if each.office not in shunned)
    gone = [each for each in told if each.office in shunned and each.state == ASKED]
    again = tuple(asked(state, each, here) for each in kept if each.state == ASKED)
    return kept, (*again, *_stopped_clocks(state, gone, here))


def _stopped_clocks(state: CaseState, helpers: Sequence[HelperState], here: Here) -> tuple[Tell, ...]:
    return milestone(state, "help_released", here, stopped(helpers, here)) if helpers else ()
