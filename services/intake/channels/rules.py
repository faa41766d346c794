"""Who sets up a channel and who minds it, and whose word of one is believed (S12–S16, S18, S22). Pure decisions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from contracts.calendar import local_day
from contracts.channels import NEEDED
from contracts.context import Actor, Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Tell
from contracts.telling import PORTAL
from contracts.words import Channel as Way
from contracts.words import Desk
from services.intake.channels.state import CONTENT, PUBLIC, Channel

HEADS = frozenset({"leader", "head", "operator"})
LACKING = "此类渠道须填写 (a channel of this kind needs it)"


@dataclass(frozen=True)
class Absence:
    """An account of the office is away from ``since`` to ``until``, both counted; without an end it is gone."""

    absence: str
    account: str
    since: date
    until: date | None
    at: datetime
    by: str


def by_head(here: Here) -> None:
    """Channels are a leader's or head's to set, at the petition desk. Raises Refused."""
    if here.actor.desk != Desk.PETITION or not HEADS & set(here.actor.roles):
        raise Refused("leader_needed", "渠道由负责人设定")


def of_petitions(actor: Actor) -> None:
    """What came through a channel is the petition desk's to count. Raises NotFound."""
    if actor.desk != Desk.PETITION:
        raise NotFound("该统计")


def set_up(known: Channel | None, channel: str, cmd: Mapping[str, Any], here: Here) -> Decision[Channel]:
    """A channel of this office, new or changed; who minds it stays. Raises Refused."""
    by_head(here)
    _complete(cmd)
    if known is not None:
        _changeable(known, cmd, here)
    official = cmd["official"] or {"id": "", "name": "", "post": ""}
    kept = ("clerk", "clerk_name", "deputy", "deputy_name", "staffed_since", "away")
    state = Channel(
        channel=channel,
        rev=1 if known is None else known.rev + 1,
        office=here.office,
        public=cmd["public"],
        at=here.now,
        by=here.actor.id,
        why=cmd.get("why", ""),
        official=official["id"],
        official_name=official["name"],
        official_post=official["post"],
        **{name: cmd[name] for name in CONTENT},
        **({name: getattr(known, name) for name in kept} if known is not None else {}),
    )
    return _said(known, state, "channel_set", here)


def _complete(cmd: Mapping[str, Any]) -> None:
    lacking = [name for name in NEEDED[cmd["kind"]] if not cmd[name]]
    if lacking:
        raise Refused("field_needed", "渠道信息不完整", {name: [LACKING] for name in lacking})
    if cmd["official"] is not None and cmd["kind"] != Way.MAILBOX:
        raise Refused("not_a_mailbox", "只有领导信箱归属于某位领导", {"official": ["只用于领导信箱"]})


def _changeable(known: Channel, cmd: Mapping[str, Any], here: Here) -> None:
    _own(known, here)
    if known.closed:
        raise Refused("channel_closed", "该渠道已经关闭,请另行登记", {"channel": ["已经关闭"]})
    if known.kind != cmd["kind"]:
        raise Refused("other_kind", "渠道的种类不能更改,请另行登记", {"kind": ["不能更改"]})


def _own(known: Channel, here: Here) -> None:
    if known.office != here.office:
        raise NotFound("该渠道")


def close(known: Channel, why: str, here: Here) -> Decision[Channel]:
    """A channel is closed now; today is at most its last day. Raises Refused."""
    by_head(here)
    _own(known, here)
    if known.closed:
        raise Refused("channel_closed", "该渠道已经关闭", {"channel": ["已经关闭"]})
    today = local_day(here.now)
    until = today if known.until is None else min(known.until, today)
    return _said(known, _next(known, here, closed=True, until=max(until, known.since), why=why), "channel_closed", here)


def staff(known: Channel, cmd: Mapping[str, Any], absences: Iterable[Absence], here: Here) -> Decision[Channel]:
    """Name who minds a channel and who stands in (S15). Raises Refused for somebody who is gone."""
    by_head(here)
    _own(known, here)
    if known.closed:
        raise Refused("channel_closed", "该渠道已经关闭", {"channel": ["已经关闭"]})
    if cmd["since"] > local_day(here.now):
        raise Refused("in_future", "起始日期不能晚于今天", {"since": ["不能晚于今天"]})
    if same(cmd["clerk"], cmd["deputy"]):
        raise Refused("same_person", "替补应为另一人", {"deputy": ["应为另一人"]})
    absences = list(absences)
    for who in ("clerk", "deputy"):
        _not_gone(who, cmd[who], absences)
    deputy = cmd["deputy"] or {"id": "", "name": ""}
    named = {"clerk": cmd["clerk"]["id"], "clerk_name": cmd["clerk"]["name"]}
    named |= {"deputy": deputy["id"], "deputy_name": deputy["name"]}
    state = _next(known, here, **named, staffed_since=cmd["since"], why="")
    return _said(known, replace(state, away=away_of(state, absences)), "channel_staffed", here)


def no_deputy_alone(row: Mapping[str, Any]) -> None:
    """Raises Refused for a deputy without a clerk."""
    if row["deputy"] is not None:
        raise Refused("field_needed", "有替补须有专人", {"clerk": ["请填写专人"]})


def same(first: Mapping[str, str], second: Mapping[str, str] | None) -> bool:
    """Whether who stands in is the very one whom he would stand in for."""
    return second is not None and second["id"] == first["id"]


def _not_gone(who: str, person: Mapping[str, str] | None, absences: Iterable[Absence]) -> None:
    if person is not None and any(each.account == person["id"] and each.until is None for each in absences):
        raise Refused("person_gone", f"{person['name']}已离岗", {who: ["已离岗"]})


def away_of(channel: Channel, absences: Iterable[Absence]) -> tuple[Mapping[str, Any], ...]:
    """The absences of a channel's clerk and deputy, as the channel bears them."""
    return tuple(
        {"who": who, "since": each.since.isoformat(), "until": each.until and each.until.isoformat()}
        for who in ("clerk", "deputy")
        for each in sorted(absences, key=lambda each: (each.since, each.absence))
        if getattr(channel, who) and each.account == getattr(channel, who)
    )


def absent(absence: str, cmd: Mapping[str, Any], here: Here) -> Absence:
    """An account is away, as it or a leader says. Raises Refused."""
    if cmd["account"] != here.actor.id:
        by_head(here)
    return Absence(absence, cmd["account"], cmd["since"], cmd["until"], here.now, here.actor.id)


def back(known: Absence, until: date, here: Here) -> Absence:
    """Somebody is back. Raises Refused for a day before it began."""
    if known.account != here.actor.id:
        by_head(here)
    if until < known.since:
        raise Refused("before_since", "止于不能早于起于", {"until": [f"自{known.since}起"]})
    return replace(known, until=until)


def minded_anew(known: Channel, absences: Iterable[Absence], here: Here) -> Decision[Channel] | None:
    """The channel with the absences as they stand now; None where nothing changes."""
    away = away_of(known, absences)
    if known.closed or away == known.away:
        return None
    return _said(known, _next(known, here, away=away, why=""), "channel_minded", here)


def _next(known: Channel, here: Here, **changed: Any) -> Channel:
    return replace(known, rev=known.rev + 1, at=here.now, by=here.actor.id, **changed)


def _said(known: Channel | None, state: Channel, action: str, here: Here) -> Decision[Channel]:
    """Told whole to every office above; to the portal what the public sees of it, where that changed."""
    told = {name: value for name, value in vars(state).items() if name != "replaced_at"}
    told["away"] = [dict(each) for each in state.away]
    above = [Tell(office.id, "intake", "channel_told", "", told) for office in here.tree.ancestors(here.office)]
    note = {"channel": state.channel, "rev": state.rev, "kind": state.kind}
    return Decision(state, (*above, *_published(known, state)), action, data=note)


def _published(known: Channel | None, state: Channel) -> tuple[Tell, ...]:
    before = known is not None and _is_public(known)
    if not (before or _is_public(state)):
        return ()
    if known is not None and before and _is_public(state) and _public(known) == _public(state):
        return ()
    data = {**_public(state), "rev": state.rev, "withdrawn": not _is_public(state)}
    return (Tell(PORTAL, PORTAL, "channel_published", "", data),)


def _is_public(channel: Channel) -> bool:
    return channel.public and not channel.closed


def _public(channel: Channel) -> dict[str, Any]:
    return {name: getattr(channel, name) for name in PUBLIC if name != "rev"}


def take(known: Channel | None, data: Mapping[str, Any], sender: str, here: Here) -> Channel | None:
    """A channel told from below as it stands now; None where nothing changes. Only its own office may tell it."""
    if data["office"] != sender or sender not in {office.id for office in here.tree.descendants(here.office)}:
        raise Refused("not_below", f"渠道只能由其所属的下级单位报送,{sender} 不是")
    if known is not None and known.office != sender:
        raise Refused("not_yours", "该渠道属于另一单位")
    if known is not None and known.rev >= data["rev"]:
        return None
    away = tuple(
        {**each, "since": str(each["since"]), "until": each["until"] and str(each["until"])} for each in data["away"]
    )
    return Channel(**{**data, "away": away, "replaced_at": None})


def usable(channel: Channel | None, kind: str, at: datetime, field: str, here: Here) -> Channel:
    """The channel of this office that something came through on that moment. Raises Refused, naming ``field``."""
    if channel is None or channel.office != here.office:
        raise Refused("unknown_channel", "本单位没有该渠道", {field: ["本单位没有该渠道"]})
    if channel.kind != kind:
        raise Refused("wrong_channel", "渠道种类不符", {field: ["渠道种类不符"]})
    if not channel.live(local_day(at)):
        raise Refused("channel_not_live", "该渠道当日未开放", {field: ["当日未开放"]})
    return channel
