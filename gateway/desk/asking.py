"""Asking an office's services on behalf of a session; their refusals become problem documents."""

import hashlib
import logging
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from flask import current_app, g

from contracts.context import Actor
from contracts.policy import Policy
from gateway.desk.accounts import Accounts
from gateway.desk.lockout import Lockout
from gateway.desk.receipts import ShownReceipts
from gateway.desk.register_copies import RegisterCopies
from gateway.desk.rpc import NoAnswer, OfficeLinks, RpcError, ServiceFailed
from gateway.desk.sessions import Session, Sessions
from gateway.problems import Problem, fields_of
from network.keys import Keyring
from network.offices import District

log = logging.getLogger(__name__)
RETRY_SECONDS = 5

_NOT_FOUND = ("not_found", "unknown_case", "unknown_receipt")
_NOT_ALLOWED = (
    "not_yours", "wrong_desk", "not_leader", "leader_needed", "not_superior", "not_above", "district_only",
    "own_unit", "own_work",
)  # fmt: skip
_NOT_ACCEPTABLE = (
    "invalid", "due_by_policy", "due_missing", "no_signature", "not_said", "no_such_period", "nil_or_summary",
    "unknown_kind", "not_owed", "in_future", "future", "unknown_office",
    "unknown_body", "unknown_ground", "too_long", "no_reason", "due_past",
    "form_and_count", "next_before",
    "planned_past", "itself", "must_be_sealed", "unknown_official", "two_seats", "seats_missing",
    "unknown_area", "two_offices", "not_a_party", "person_needed",
    "wrong_verdict", "unknown_category", "unknown_nature", "nothing_new", "not_to_seal", "not_accused", "in_network",
    "no_explanation", "recused_seat", "no_seat", "unknown_retention", "no_promise", "no_witness", "no_visit",
    "unknown_serial", "serial_twice", "not_issued", "is_slip", "is_card", "other_day", "unknown_campaign",
    "outside_campaign", "not_assigned", "more_than_visited", "unknown_visit", "unknown_go_down", "too_many_cases",
    "field_needed", "not_a_mailbox", "unknown_channel", "wrong_channel", "channel_not_live", "not_on_roster", "roster_past",
    "unknown_opening", "before_opening", "before_since", "person_gone", "same_person",
)  # fmt: skip
STATUS_OF_CODE: Mapping[str, int] = {
    **dict.fromkeys(_NOT_FOUND, 404),
    **dict.fromkeys(_NOT_ALLOWED, 403),
    **dict.fromkeys(_NOT_ACCEPTABLE, 422),
    "busy": 503,
}
CONFLICT = 409


@dataclass(frozen=True)
class Desk:
    """What the desk's views stand on."""

    tree: District
    policy: Policy
    keyring: Keyring
    accounts: Accounts
    links: OfficeLinks
    sessions: Sessions
    lockout: Lockout
    receipts: ShownReceipts
    registers: RegisterCopies = field(default_factory=RegisterCopies)


def desk() -> Desk:
    """The desk of the running application."""
    found: Desk = current_app.extensions["desk"]
    return found


def session() -> Session:
    """The session of this request."""
    found: Session = g.session
    return found


def query(service: str, method: str, data: Mapping[str, Any]) -> Any:
    """What a query of the session's office answers. Raises Problem."""
    return _ask(service, method, {"actor": _actor(session().actor), "data": dict(data)})


def command(service: str, method: str, data: Mapping[str, Any], command_id: str | None) -> Any:
    """What a command answers; under the same ``command_id`` the same, without effect. Raises Problem."""
    payload = {"actor": _actor(session().actor), "data": dict(data), "command_id": command_id or secrets.token_hex(16)}
    return _ask(service, method, payload)


def part_of(command_id: str, part: str) -> str:
    """The id of a command that is one part of what ``command_id`` stands for."""
    return hashlib.blake2b(f"{command_id} {part}".encode(), digest_size=16).hexdigest()


def _ask(service: str, method: str, payload: Mapping[str, Any]) -> Any:
    try:
        answer = desk().links.call(session().actor.office, service, method, payload)
    except ServiceFailed as error:
        log.error("%s.%s failed with %s", service, method, error)  # noqa: TRY400 - its kind; its words may hold a report
        raise Problem(500, "service_failed") from None
    except RpcError as error:
        code = "outcome_unknown" if isinstance(error, NoAnswer) else "unreachable"
        raise Problem(503, code, retry_after=RETRY_SECONDS) from None
    if answer["ok"]:
        return answer["result"]
    raise refusal(answer["error"])


def refusal(error: Mapping[str, Any]) -> Problem:
    """A service's refusal as a problem: its code decides the status."""
    status = STATUS_OF_CODE.get(error["code"], CONFLICT)
    retry = RETRY_SECONDS if status == STATUS_OF_CODE["busy"] else None
    return Problem(status, error["code"], error["message"], fields_of(error["fields"]), retry)


def _actor(actor: Actor) -> dict[str, Any]:
    return {**asdict(actor), "roles": list(actor.roles)}
