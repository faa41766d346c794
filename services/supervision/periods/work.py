"""Load, decide, save, say: what stands around a rule about a period, and its place on the ladder."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.letters import Letter
from network.uow import UnitOfWork
from services.supervision import dues
from services.supervision.clocks import store as clocks
from services.supervision.periods import rules, store
from services.supervision.periods.rules import Period


def open_all(uow: UnitOfWork) -> None:
    """Open what the calendar says is owed by now, here and below."""
    fresh = list(rules.to_open(store.known(uow.session), uow.here))
    for period in fresh:
        if store.row(uow.session, period.id) is None:
            _keep(uow, period)
    uow.note("periods_opened", data={"count": len(fresh)})


def climb(uow: UnitOfWork, period_id: str) -> None:
    """Take the steps of a period that are due."""
    known = store.period(uow.session, period_id)
    if known is not None:
        _keep(uow, known)


def give_back(uow: UnitOfWork, cmd: Mapping[str, Any], sweep: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Make this office's return; the row is opened if the poll has not been there yet. A ``sweep`` tells how it was done."""
    decision = rules.give_back(known(uow, uow.here.office, cmd), cmd, uow.here, sweep)
    _keep(uow, decision.state)
    uow.apply(decision)
    return shown(uow.session, decision.state, uow.here)


def take_return(uow: UnitOfWork, letter: Letter) -> None:
    """Keep the return of an office below, also one for a period from before this office was there."""
    rules.from_below(letter.office, uow.here)
    decision = rules.take_return(known(uow, letter.office, letter.data), letter.data, uow.here)
    _keep(uow, decision.state)
    uow.apply(decision)


def known(uow: UnitOfWork, office: str, named: Mapping[str, Any]) -> Period:
    """The period that an office owes: as it stands, or as the calendar opens it."""
    known = store.period(uow.session, rules.period_id(office, named["kind"], named["period"]))
    return known or rules.named(office, named["kind"], named["period"], uow.here)


def keep_new(uow: UnitOfWork, period: Period) -> None:
    """Open what no calendar brings: an ordered round. One that is there stays as it is."""
    if store.row(uow.session, period.id) is None:
        _keep(uow, period)


def _keep(uow: UnitOfWork, period: Period) -> None:
    row = store.keep(uow.session, period)
    row.next_at = dues.climb(uow, owed(period))


def owed(period: Period) -> dues.Owed:
    """The period as something that climbs the ladder of its desk."""
    return dues.Owed(
        id=period.id,
        kind=period.clock,
        number=period.label,
        desk=period.desk,
        answerable=period.office,
        started_at=period.opens_at,
        due=period.due,
        done_at=period.returned_at,
    )


def page(session: Session, here: Here, data: Mapping[str, Any]) -> dict[str, Any]:
    """Periods as they stand, and of each kind how many of those due by now came on time."""
    found = store.listed(session, data["desk"], data["kind"], data["office"])
    rows = [shown(session, each, here) for each in found]
    wanted = [row for row in rows if data["stands"] in ("", row["stands"])]
    return {"periods": wanted[: data["limit"]], "figures": figures(rows)}


def shown(session: Session, period: Period, here: Here) -> dict[str, Any]:
    """A period for its desk; ``stands`` says how it stands on time."""
    heard_at = clocks.heard_at(session, period.office)
    stands = dues.how_it_stands(owed(period), here.now, heard_at, here.office)
    return {**vars(period), "stands": stands, "mine": period.office == here.office}


def figures(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Of each kind: ``due`` (returned, or past its due moment; the denominator), and of these ``on_time``, ``late`` and
    ``unconfirmed``, whose office has not been heard since.
    """
    stand = Counter((row["kind"], row["stands"]) for row in rows if row["stands"] != "open")
    words = ("on_time", "late", "unconfirmed")
    kinds = sorted({kind for kind, _ in stand})
    return [
        {"kind": kind, "due": sum(stand[kind, word] for word in words), **{word: stand[kind, word] for word in words}}
        for kind in kinds
    ]
