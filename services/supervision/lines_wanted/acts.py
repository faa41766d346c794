"""Load, decide, say: which cases there are."""

from collections.abc import Collection

from contracts.letters import Letter, Tell
from contracts.veils import is_veiled
from contracts.words import Desk
from network import veils
from network.uow import UnitOfWork
from services.supervision.ledger import store as ledger
from services.supervision.ledger.rules import Line


def wanted(uow: UnitOfWork, letter: Letter) -> None:
    """Tell the own intake the numbers of those cases that are petitions here or below and hidden from none of the persons."""
    data = letter.data
    lines = [ledger.line(uow.session, case) for case in data["cases"]]
    shown = [line for line in lines if line is not None and _shows(uow, line, data["persons"])]
    told = [{"case": line.case_id, "number": line.number} for line in shown]
    answer = {"go_down": data["go_down"], "asked": list(data["cases"]), "lines": told}
    uow.tell(Tell(uow.office.id, "intake", "lines_found", "", answer))
    uow.note("lines_found", data={"go_down": data["go_down"], "lines": len(told)})


def _shows(uow: UnitOfWork, line: Line, persons: Collection[str]) -> bool:
    kept = veils.kept(uow.session, line.case_id)
    return line.desk == Desk.PETITION and not any(is_veiled(line.case_id, person, kept) for person in persons)
