"""Promises of the own office fall due as demands that it makes of itself (K26): late ones climb like anything owed."""

from typing import Any

from contracts.letters import Letter
from network.uow import UnitOfWork
from services.supervision.demands import store, work
from services.supervision.ledger import store as ledger

KIND = "promise"


def made(uow: UnitOfWork, letter: Letter) -> None:
    """A promise was entered; the same letter again changes nothing. A case that is not known here is left out."""
    data = letter.data
    if store.row(uow.session, data["promise"]) is not None:
        return
    known = letter.case if letter.case and ledger.line(uow.session, letter.case) is not None else ""
    cmd: dict[str, Any] = {"case": known, "kind": KIND, "to": uow.here.office, "person": data["by"]}
    cmd |= {"number": data["number"], "points": data["what"], "due": data["due"]}
    work.make(uow, data["promise"], cmd)


def kept(uow: UnitOfWork, letter: Letter) -> None:
    """The person confirmed it."""
    known = store.demand(uow.session, letter.data["promise"])
    if known is None or known.state != "open":
        uow.note("promise_not_open", letter.case, data={"promise": letter.data["promise"]})
        return
    answer = {"demand": known.id, "answer": letter.data["words"] or "本人确认已兑现", "adopted": None, "signed_by": ""}
    work.answer(uow, answer)
