"""An account that is taken away minds no channel any more, and one that is made again does (S15)."""

from datetime import timedelta
from typing import Any

from contracts.calendar import local_day
from contracts.errors import Refused
from network.ids import new_id
from network.office import OfficeRuntime
from services.intake.service import IntakeService


def account_gone(office: OfficeRuntime, user: str, by: str) -> None:
    """From today on the account is gone for good; its channels are alerts until somebody else is named. Raises Refused."""
    today = local_day(office.now()).isoformat()
    _said(office, "set_absence", {"account": user, "since": today}, by)


def account_back(office: OfficeRuntime, user: str, by: str) -> None:
    """An account of that name is there again from today on. Raises Refused."""
    today = local_day(office.now())
    for each in _open_absences(office, user, by):
        until = max((today - timedelta(days=1)).isoformat(), each["since"])
        _said(office, "end_absence", {"absence": each["absence"], "until": until}, by)


def _open_absences(office: OfficeRuntime, user: str, by: str) -> list[dict[str, Any]]:
    found = _answered(IntakeService.of(office).absences({"actor": _actor(office, by), "data": {}}))  # type: ignore[attr-defined]
    return [each for each in found["absences"] if each["account"] == user and each["until"] is None]


def _said(office: OfficeRuntime, command: str, data: dict[str, Any], by: str) -> None:
    call = {"actor": _actor(office, by), "command_id": new_id(), "data": data}
    _answered(getattr(IntakeService.of(office), command)(call))


def _answered(answer: dict[str, Any]) -> dict[str, Any]:
    if not answer["ok"]:
        raise Refused(answer["error"]["code"], answer["error"]["message"])
    result: dict[str, Any] = answer["result"]
    return result


def _actor(office: OfficeRuntime, by: str) -> dict[str, Any]:
    return {"id": by, "office": office.id, "roles": ["operator"]}
