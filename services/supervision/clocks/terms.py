"""The due moment that another office told, counted anew by the office above: a holder's word on its own time is no proof.

Counted from the start moment, the policy, the extension (XF22 art. 34, once) and the days of a hearing within the final
review (art. 36). A later due moment than the law allows is never believed: the latest lawful one is in its place. An
earlier one stays, whoever is stricter with himself may be; both are named. Lawful are:

* every policy version that held from the entry of the case until the decision (a case keeps its version);
* an extension that was granted where this office does not hear: only if the clock began before that term of holding;
* in a village, the days to settle or pass up instead of the handling time;
* a provisional date that another holiday table gave: it is named nowhere, but never believed if later.

Not counted are terms that a person sets: K11 (who sends, art. 22), K26 (who agrees or promises) and K27 (who instructs).
Of them no policy says a day, so the day told stands.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from contracts.calendar import Due, Pause, due, local_day
from contracts.context import OfficeTree
from contracts.policy import Policy
from contracts.words import ClockAct
from services.supervision.clocks.rules import Act, Term

PAUSED = frozenset({"K10"})
"""The clocks that may stand still at all: hearing time is not counted in the final review (XF22 art. 36)."""
HANDLING, EMERGENCY = "K5", "K14"


@dataclass(frozen=True)
class Law:
    """What the office ``here`` counts by: the policy versions it knows, when the case was entered, when terms began."""

    here: str
    tree: OfficeTree
    versions: tuple[Policy, ...]
    entered_at: datetime
    terms: Mapping[Term, datetime]

    def held(self, until: datetime) -> tuple[Policy, ...]:
        """The versions that held at some moment from the entry of the case until then; all where none is known of."""
        begun = sorted((each for each in self.versions if each.valid_from <= until), key=lambda each: each.valid_from)
        first = max((place for place, each in enumerate(begun) if each.valid_from <= self.entered_at), default=0)
        return tuple(begun[first:]) or self.versions

    def began_before(self, act: Act) -> bool:
        """Whether a clock began before the holding under which it was told: it may have been extended elsewhere."""
        return act.at < self.terms.get(act.term, act.at)


@dataclass(frozen=True)
class _Run:
    """A clock since its last start: towards ``due``, by an extension at most to the latest of ``limits``."""

    start: datetime
    term: Term
    due: Due | None
    limits: tuple[Due, ...]
    pauses: tuple[Pause, ...] = ()
    paused_at: datetime | None = None


@dataclass(frozen=True)
class _Lawful:
    """The due moments that an act may tell: one of ``dues``, or any after them until the end of ``up_to``."""

    dues: tuple[Due, ...]
    up_to: tuple[Due, ...] = ()

    @property
    def latest(self) -> Due:
        return max((*self.dues, *self.up_to), key=lambda each: each.at)

    def holds(self, told: datetime | None) -> bool:
        if told is None or told in {each.at for each in self.dues}:
            return told is not None
        return bool(self.up_to) and min(each.at for each in self.dues) < told <= self.latest.at


def recounted(kind: str, acts: Iterable[Act], law: Law) -> tuple[tuple[Act, ...], tuple[Act, ...]]:
    """The acts in force with the due moments that count, and, as they were told, those that told another.

    ``acts`` are in the order of their decision. The own office's need no proof (nor those kept before tellers were).
    """
    counted, named = [], []
    run: _Run | None = None
    for act in acts:
        right = act if act.teller in ("", law.here) else _judged(kind, act, run, law)
        if right is not act and not (act.provisional or (right is not None and right.provisional)):
            named.append(act)
        if right is not None:
            counted.append(right if right is act else _as_counts(act, right))
            run = _after(kind, run, counted[-1], law)
    return tuple(counted), tuple(named)


def _as_counts(act: Act, right: Act) -> Act:
    """The act as it counts: what was told stays if it is the earlier, and who reads the clock is told of it."""
    if act.due is not None and right.due is not None and act.due < right.due:
        return replace(act, how=(*act.how, f"早于按规定计算的{_said(right.due)}"))
    told = f"所报期限{_said(act.due)}不合规定" if act.due else "未报期限"
    return replace(right, how=(*right.how, f"{told},按规定计算"))


def _said(moment: datetime) -> str:
    return local_day(moment).isoformat()


def _judged(kind: str, act: Act, run: _Run | None, law: Law) -> Act | None:
    """The act itself if it is lawful, else with the latest lawful due moment; None for a pause that no law knows."""
    if act.act == ClockAct.PAUSE and kind not in PAUSED:
        return None
    lawful = _LAWFUL[act.act](kind, act, run, law) if act.act in _LAWFUL else None
    if lawful is None or lawful.holds(act.due):
        return act
    return replace(act, due=lawful.latest.at, provisional=lawful.latest.provisional, how=lawful.latest.how)


def _of_start(kind: str, act: Act, run: _Run | None, law: Law) -> _Lawful | None:
    """A start that goes on with a run under the same holding goes on to its day; one that came from elsewhere may bring
    an extension; any other has the policy's days."""
    dues = _bases(kind, act, law)
    if not dues:
        return None
    going = run.due if run is not None and run.start == act.at else None
    if going is not None and run is not None and run.term == act.term:
        return _Lawful((going,))
    if going is not None or law.began_before(act):
        full = _full(kind, act, law)
        return _Lawful((*dues, *full), _extended(kind, full, act, law))
    return _Lawful(dues)


def _of_extension(_kind: str, act: Act, run: _Run | None, _law: Law) -> _Lawful | None:
    """Later than the day it lengthens, and until the longest extension of what the start gave: once, that is."""
    if run is None or run.due is None or act.due is None:
        return None
    return _Lawful((run.due,), tuple(each for each in run.limits if each.at > run.due.at))


def _of_resumption(kind: str, act: Act, run: _Run | None, law: Law) -> _Lawful | None:
    """The policy's days without those of the hearings."""
    if run is None or run.paused_at is None or act.due is None:
        return None
    pauses = (*run.pauses, (run.paused_at, max(act.at, run.paused_at)))
    dues = tuple(each.due(kind, run.start, pauses) for each in _counting(kind, law.held(act.decided)))
    return _Lawful(dues) if dues else None


_LAWFUL = {ClockAct.START: _of_start, ClockAct.EXTEND: _of_extension, ClockAct.RESUME: _of_resumption}


def _counting(kind: str, versions: Iterable[Policy]) -> list[Policy]:
    """The versions that say how long this clock runs."""
    return [each for each in versions if kind in each.clocks and each.clocks[kind].days is not None]


def _bases(kind: str, act: Act, law: Law) -> tuple[Due, ...]:
    """What the policy gives a clock that starts with this act; none where a person sets the term."""
    versions = law.held(act.decided)
    if kind == EMERGENCY:
        return tuple(Due(act.at + timedelta(minutes=each.emergency_minutes), False, ()) for each in versions)
    if kind == HANDLING and law.tree.office(act.teller or law.here).tier == "village":
        return tuple(due(act.at, each.village_settle_days, rolls=each.rolls_to_working_day) for each in versions)
    return _full(kind, act, law)


def _full(kind: str, act: Act, law: Law) -> tuple[Due, ...]:
    return tuple(each.due(kind, act.at) for each in _counting(kind, law.held(act.decided)))


def _extended(kind: str, given: Iterable[Due], act: Act, law: Law) -> tuple[Due, ...]:
    """What was given with the longest extension that a version allows."""
    found = []
    for policy in _counting(kind, law.held(act.decided)):
        extension = policy.extension_of(kind)
        if extension is not None and extension.days is not None:
            found += [policy.extended(kind, each, extension.days) for each in given]
    return tuple(found)


def _after(kind: str, run: _Run | None, act: Act, law: Law) -> _Run | None:
    """The run after an act as it counts."""
    ends = Due(act.due, act.provisional, act.how) if act.due else (run.due if run else None)
    if act.act == ClockAct.START and (run is None or run.start != act.at):
        return _Run(act.at, act.term, ends if act.due else None, _extended(kind, _full(kind, act, law), act, law))
    if run is None:
        return None
    if act.act == ClockAct.PAUSE:
        return replace(run, paused_at=run.paused_at or act.at)
    if act.act == ClockAct.RESUME and run.paused_at is not None:
        ended = (run.paused_at, max(act.at, run.paused_at))
        return replace(run, pauses=(*run.pauses, ended), paused_at=None, due=ends)
    return replace(run, due=ends, term=act.term if act.act == ClockAct.START else run.term)
