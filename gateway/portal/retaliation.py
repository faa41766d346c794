"""A report of retaliation: sealed to the district's discipline desk, a case of its own (JK art. 49; domain section 6, R24).

It never travels with the case it is about: whoever handles that one may be who the reporter has to be protected from.
"""

from collections.abc import Mapping
from typing import Any

from contracts.letters import Tell
from contracts.words import Channel, Desk, Nature
from gateway.language import spoken
from gateway.portal import store
from gateway.portal.filing import digest_of, new_row
from gateway.problems import Problem
from gateway.reports import seal_retaliation
from network.ids import new_id
from network.office import OfficeRuntime
from network.receipts import RETALIATION, receipt_hash
from network.uow import UnitOfWork

_TOO_MANY = (
    "已收到您多次反映，请直接拨打区纪检监察机关电话，人身安全受到威胁的请拨 110",
    "Several such reports have come in; please call the discipline desk, or 110 if you are in danger",
)


def file_retaliation(
    uow: UnitOfWork, office: OfficeRuntime, receipt: str, about: Mapping[str, str], words: Mapping[str, Any]
) -> None:
    """File it under the receipt's next hash of that kind, in the given unit of work. Problem 409 when all are used.

    ``about`` is ``{case, number, receipt_hash}`` of the report that somebody is being harassed for.
    """
    case, content = new_id(), {"text": words["text"], "contact": words["contact"], "about": dict(about)}
    letter = Tell(office.tree.root.id, "intake", "report_filed", case, _letter(uow, office, receipt, case, content))
    uow.session.add(new_row(uow, letter, digest_of(content, receipt)))
    uow.tell(letter)
    uow.note("report_filed", case)


def _letter(
    uow: UnitOfWork, office: OfficeRuntime, receipt: str, case: str, content: Mapping[str, Any]
) -> dict[str, Any]:
    sealed = seal_retaliation(content["text"], content["contact"], content["about"], case, office.tree, office.keyring)
    return {
        "case": case,
        "receipt_hash": _free_hash(uow, receipt),
        "filed_at": uow.now,
        "desk": Desk.DISCIPLINE.value,
        "channel": Channel.WEB.value,
        "nature": Nature.ACCUSE.value,
        "category": "C15",
        "place": "",
        "text": None,
        "real_name": False,
        "contactable": bool(content["contact"].strip()),
        "urgent": True,
        "flags": ["retaliation"],
        "reporter": None,
        "sealed": sealed,
    }


def _free_hash(uow: UnitOfWork, receipt: str) -> str:
    hashes = [receipt_hash(receipt, matter) for matter in RETALIATION]
    known = store.known(uow.session, hashes)
    free = next((hashed for hashed in hashes if hashed not in known), None)
    if free is None:
        raise Problem(409, "too_many", spoken(*_TOO_MANY))
    return free
