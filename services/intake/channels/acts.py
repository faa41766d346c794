"""Load, decide, save, say: channels and who minds them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from contracts.calendar import local_day
from contracts.context import Decision
from contracts.errors import NotFound, Refused
from contracts.letters import Letter
from network.ids import new_id
from network.uow import UnitOfWork
from services.intake.channels import rules, store, views
from services.intake.channels.rules import Absence
from services.intake.channels.state import CONTENT, Channel


def set_up(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Enter a channel, or change one."""
    known = None if cmd["channel"] is None else _known(uow, cmd["channel"])
    return _kept(uow, rules.set_up(known, cmd["channel"] or new_id(), cmd, uow.here))


def close(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Close a channel."""
    return _kept(uow, rules.close(_known(uow, cmd["channel"]), cmd["why"], uow.here))


def staff(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Name who minds a channel."""
    return _kept(uow, rules.staff(_known(uow, cmd["channel"]), cmd, store.absences(uow.session), uow.here))


def absent(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody is away, or gone."""
    return _away(uow, rules.absent(new_id(), cmd, uow.here))


def back(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Somebody is back."""
    known = store.absence(uow.session, cmd["absence"])
    if known is None:
        raise NotFound("该记录")
    return _away(uow, rules.back(known, cmd["until"], uow.here))


def _away(uow: UnitOfWork, state: Absence) -> dict[str, Any]:
    store.write_absence(uow.session, state)
    uow.note("absence", data={"absence": state.absence})
    absences = store.absences(uow.session)
    for channel in store.current(uow.session, {uow.office.id}):
        if state.account in (channel.clerk, channel.deputy):
            decision = rules.minded_anew(channel, absences, uow.here)
            if decision is not None:
                _kept(uow, decision)
    return {"absence": vars(state)}


def imported(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """The channels of a file, all in one commit. Raises Refused that names the row and the field."""
    done = {"added": 0, "changed": 0, "same": 0}
    for place, row in enumerate(cmd["channels"]):
        try:
            done[_import(uow, row)] += 1
        except Refused as error:
            raise Refused(
                error.code, f"第{place + 1}行:{error.message}", {"channels": {place: error.fields}}
            ) from error
    return done


def _import(uow: UnitOfWork, row: Mapping[str, Any]) -> str:
    known = store.named(uow.session, uow.office.id, row["kind"], row["label"])
    decision = rules.set_up(known, known.channel if known else new_id(), row, uow.here)
    changed = known is None or not _alike(known, decision.state)
    if changed:
        _kept(uow, decision)
    staffed = _import_staff(uow, decision.state if known is None else known, decision.state.channel, row)
    if known is None:
        return "added"
    return "changed" if changed or staffed else "same"


def _alike(known: Channel, state: Channel) -> bool:
    names = (*CONTENT, "public", "official", "official_name", "official_post")
    return all(getattr(known, name) == getattr(state, name) for name in names)


def _import_staff(uow: UnitOfWork, known: Channel, channel: str, row: Mapping[str, Any]) -> bool:
    if row["clerk"] is None:
        rules.no_deputy_alone(row)
        return False
    deputy = row["deputy"] or {"id": "", "name": ""}
    given = (row["clerk"]["id"], row["clerk"]["name"], deputy["id"], deputy["name"])
    if given == (known.clerk, known.clerk_name, known.deputy, known.deputy_name):
        return False
    staff(uow, {**row, "channel": channel, "since": min(row["since"], local_day(uow.now))})
    return True


def told(uow: UnitOfWork, letter: Letter) -> None:
    """A channel of an office below."""
    known = store.channel(uow.session, letter.data["channel"])
    state = rules.take(known, letter.data, letter.office, uow.here)
    if state is not None:
        store.write(uow.session, state)
    uow.note("channel_heard", data={"channel": letter.data["channel"], "rev": letter.data["rev"]})


def usable(uow: UnitOfWork, channel: str, kind: str, at: datetime, field: str = "via") -> Channel:
    """For the other rooms: the own channel that something came through. Raises Refused, naming ``field``."""
    return rules.usable(store.channel(uow.session, channel), kind, at, field, uow.here)


def _known(uow: UnitOfWork, channel: str) -> Channel:
    known = store.channel(uow.session, channel)
    if known is None:
        raise NotFound("该渠道")
    return known


def _kept(uow: UnitOfWork, decision: Decision[Channel]) -> dict[str, Any]:
    store.write(uow.session, decision.state)
    uow.apply(decision)
    return views.shown(decision.state, local_day(uow.now))
