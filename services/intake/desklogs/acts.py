"""Load, decide, save, say: the books at the counter."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contracts.calendar import local_day
from contracts.channels import CALLED
from contracts.errors import NotFound, Refused
from contracts.words import Channel as Way
from contracts.words import Desk
from network.ids import new_id
from network.uow import UnitOfWork
from services.intake import store as register
from services.intake.activities import acts as activities
from services.intake.activities import store as logged
from services.intake.campaigns import acts as campaigns
from services.intake.channels import acts as channels
from services.intake.channels import store as known_channels
from services.intake.desklogs import rules, store, views
from services.intake.desklogs.state import Call, Opening, RoomVisit


def set_roster(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Who sits in a room on which days."""
    days = rules.roster(cmd, uow.here)
    channel = known_channels.channel(uow.session, cmd["channel"])
    if channel is None or channel.office != uow.office.id or channel.kind != Way.VISIT:
        raise Refused("unknown_channel", "本单位没有该接待室", {"channel": ["本单位没有该接待室"]})
    for each in days:
        store.write_roster(uow.session, each)
    uow.note("roster_set", data={"channel": cmd["channel"], "days": len(days)})
    return {"channel": cmd["channel"], "days": len(days)}


def log_visit(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """People came to a room."""
    at = _entered(uow, cmd, (Way.VISIT,))
    sits = store.sits(uow.session, cmd["channel"], local_day(at))
    state = rules.visit(new_id(), cmd, at, sits, uow.here)
    if cmd["case"] is not None:
        state = rules.linked(state, _petition(uow, cmd["case"]))
    return _visited(uow, state)


def link_visit(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A visit became a case."""
    rules.at_counter(uow.actor)
    known = store.visit(uow.session, cmd["visit"])
    if known is None:
        raise NotFound("该来访")
    return _visited(uow, rules.linked(known, _petition(uow, cmd["case"])))


def _visited(uow: UnitOfWork, state: RoomVisit) -> dict[str, Any]:
    store.write_visit(uow.session, state)
    _count(uow, rules.visit_counts(state, uow.office.id))
    return views.line(state)


def log_call(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A call was taken."""
    at = _entered(uow, cmd, CALLED)
    state = rules.call(new_id(), cmd, at, uow.here)
    if cmd["case"] is not None:
        state = rules.linked(state, _petition(uow, cmd["case"]))
    return _called(uow, state)


def link_call(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A call became a case."""
    rules.at_counter(uow.actor)
    known = store.call(uow.session, cmd["call"])
    if known is None:
        raise NotFound("该来电")
    return _called(uow, rules.linked(known, _petition(uow, cmd["case"])))


def _called(uow: UnitOfWork, state: Call) -> dict[str, Any]:
    store.write_call(uow.session, state)
    _count(uow, rules.call_counts(state, uow.office.id))
    return views.line(state)


def open_box(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A box was opened."""
    at = _entered(uow, cmd, (Way.BOX,))
    state = rules.opening(new_id(), cmd, at, uow.here)
    store.write_opening(uow.session, state)
    activities.log(uow, rules.opening_counts(state, uow.office.id))
    return views.opening(state)


def set_aside(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Letters of an opening that are no petition here."""
    rules.at_counter(uow.actor)
    known = _opening(uow, cmd["opening"])
    return _accounted(uow, rules.aside(known, cmd, uow.here), cmd["letters"], rules.ASIDE)


def came_from(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """For registering: the command with the channel that it came ``via``, checked; a letter of an opening is counted there.

    Raises Refused, naming ``via`` or ``opening``.
    """
    entered_at = cmd["entered_at"] or uow.now
    if cmd.get("opening") is None:
        return {**cmd, "via": _via(uow, cmd, entered_at), "opening": ""}
    known = _opening(uow, cmd["opening"])
    if cmd["channel"] != Way.BOX or cmd["via"] not in (None, known.channel):
        raise Refused("wrong_channel", "只有信箱来信可以对应开箱登记", {"opening": ["渠道不符"]})
    _accounted(uow, rules.registered(known, entered_at), 1, rules.REGISTERED)
    return {**cmd, "via": known.channel, "opening": known.opening}


def _via(uow: UnitOfWork, cmd: Mapping[str, Any], entered_at: datetime) -> str:
    if cmd["via"] is None:
        return ""
    return channels.usable(uow, cmd["via"], cmd["channel"], entered_at).channel


def _accounted(uow: UnitOfWork, state: Opening, letters: int, what: str) -> dict[str, Any]:
    store.write_opening(uow.session, state)
    activities.log(uow, rules.letters_count(new_id(), state, letters, what, uow.here))
    return views.opening(state)


def _opening(uow: UnitOfWork, opening: str) -> Opening:
    known = store.opening(uow.session, opening)
    if known is None:
        raise Refused("unknown_opening", "没有该次开箱登记", {"opening": ["没有该次开箱登记"]})
    return known


def _entered(uow: UnitOfWork, cmd: Mapping[str, Any], kinds: tuple[Way, ...]) -> datetime:
    """When it was, at a channel of one of these kinds, and for a campaign that runs."""
    rules.at_counter(uow.actor)
    at = rules.moment(cmd, uow.here)
    known = known_channels.channel(uow.session, cmd["channel"])
    kind = known.kind if known is not None and known.kind in kinds else kinds[0].value
    channels.usable(uow, cmd["channel"], kind, at, "channel")
    campaigns.check(uow, cmd["campaign"])
    return at


def _petition(uow: UnitOfWork, case: str) -> str:
    """A petition of this register that the actor may see; sealed reports are linked to nothing."""
    row = register.report_seen(uow.session, case)
    if row is None or row.recalled or row.desk != Desk.PETITION:
        raise Refused("unknown_case", "本单位没有该信访事项", {"case": ["没有该信访事项"]})
    return row.case


def _count(uow: UnitOfWork, activity: Any) -> None:
    """Log the activity of a line, or what it is now, one revision later."""
    known = logged.activity(uow.session, activity.activity)
    changed = known.changed(case=activity.case, result=activity.result) if known is not None else activity
    activities.log(uow, changed)
