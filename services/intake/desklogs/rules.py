"""What may be entered into the books at the counter, and as which activity it is counted (S13, S14, S19, S20). Pure decisions."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, TypeVar

from contracts.activities import Activity, ActivityKind, Level
from contracts.calendar import local_day
from contracts.context import Actor, Here
from contracts.errors import NotFound, Refused
from contracts.words import Desk
from services.intake.channels.rules import by_head, same
from services.intake.desklogs.state import Call, Opening, RoomVisit, RosterDay

Line = TypeVar("Line", RoomVisit, Call)

CASE, REGISTERED, ASIDE = "case", "registered", "set_aside"
ROSTERED, NOT_ROSTERED = "rostered", "not_rostered"
NAMED, UNNAMED = "named", "unnamed"


def at_counter(actor: Actor) -> None:
    """The books are the petition desk's; the discipline desk has none of them. Raises NotFound."""
    if actor.desk != Desk.PETITION:
        raise NotFound("该登记簿")


def moment(cmd: Mapping[str, Any], here: Here) -> datetime:
    """When it was: now where nothing is said, never later. Raises Refused."""
    at: datetime = cmd["at"] or here.now
    if at > here.now:
        raise Refused("in_future", "时间不能晚于现在", {"at": ["不能晚于现在"]})
    return at


def roster(cmd: Mapping[str, Any], here: Here) -> tuple[RosterDay, ...]:
    """A leader sets the roster of days that have not passed. Raises Refused."""
    by_head(here)
    today = local_day(here.now)
    alone = {
        n: {"deputy": ["应为另一人"]} for n, each in enumerate(cmd["days"]) if same(each["officer"], each["deputy"])
    }
    if alone:
        raise Refused("same_person", "替补应为另一人", {"days": alone})
    past = {place: {"day": ["已过去"]} for place, each in enumerate(cmd["days"]) if each["day"] < today}
    if past:
        raise Refused("roster_past", "已过去的日子不能再排班", {"days": past})
    return tuple(_sits(cmd["channel"], each, here) for each in cmd["days"])


def _sits(channel: str, given: Mapping[str, Any], here: Here) -> RosterDay:
    officer, deputy = given["officer"], given["deputy"] or {"id": "", "name": ""}
    who = (officer["id"], officer["name"], deputy["id"], deputy["name"])
    return RosterDay(channel, given["day"].isoformat(), *who, here.now, here.actor.id)


def visit(visit_id: str, cmd: Mapping[str, Any], at: datetime, sits: RosterDay | None, here: Here) -> RoomVisit:
    """People came: received by who is on the roster of that day, or it is said why not (S19, S20). Raises Refused."""
    officer = cmd["officer"]
    rostered = sits is not None and officer["id"] in (sits.officer, sits.deputy)
    if not rostered and not cmd["why"].strip():
        words = "不在当日值班表上,请说明原因"
        raise Refused("not_on_roster", f"{officer['name']}{words}", {"officer": [words], "why": ["请说明原因"]})
    return RoomVisit(
        visit=visit_id,
        channel=cmd["channel"],
        at=at,
        heads=cmd["heads"],
        officer=officer["id"],
        officer_name=officer["name"],
        rostered=rostered,
        why="" if rostered else cmd["why"],
        campaign=cmd["campaign"],
        clerk=here.actor.id,
    )


def linked(line: Line, case: str) -> Line:
    """A visit or call became this case, once. Raises Refused."""
    if line.became_case:
        raise Refused("linked_already", "已关联信访事项", {"case": ["已关联"]})
    return replace(line, case=case, became_case=True)


def opening(opening_id: str, cmd: Mapping[str, Any], at: datetime, here: Here) -> Opening:
    """A box was opened by two people (S13)."""
    openers = tuple({"id": each["id"], "name": each["name"]} for each in cmd["openers"])
    kept = {name: cmd[name] for name in ("channel", "letters", "note", "campaign")}
    return Opening(opening=opening_id, at=at, openers=openers, clerk=here.actor.id, **kept)


def registered(state: Opening, entered_at: datetime) -> Opening:
    """A letter of the opening was registered as a petition. Raises Refused when all are accounted for."""
    if entered_at < state.at:
        raise Refused("before_opening", "登记时间早于开箱时间", {"entered_at": ["早于开箱时间"]})
    _left(state, 1, "opening")
    return replace(state, registered=state.registered + 1)


def aside(state: Opening, cmd: Mapping[str, Any], here: Here) -> Opening:
    """Letters of the opening that are no petition here, each accounted for. Raises Refused for more than are left."""
    _left(state, cmd["letters"], "letters")
    line = {"at": here.now.isoformat(), "by": here.actor.id, "letters": cmd["letters"], "why": cmd["why"]}
    return replace(state, aside=(*state.aside, line))


def _left(state: Opening, wanted: int, field: str) -> None:
    if wanted > state.left:
        words = f"该次开箱还有{state.left}封未登记"
        raise Refused("no_letter_left", words, {field: [words]})


def call(call_id: str, cmd: Mapping[str, Any], at: datetime, here: Here) -> Call:
    """A call was taken (S14); by the actor where no operator is named."""
    operator = cmd["operator"] or {"id": here.actor.id, "name": here.actor.id}
    kept = ("channel", "number_given", "name_given", "summary", "recording", "campaign")
    return Call(
        call=call_id,
        at=at,
        operator=operator["id"],
        operator_name=operator["name"],
        clerk=here.actor.id,
        **{name: cmd[name] for name in kept},
    )


def visit_counts(state: RoomVisit, office: str) -> Activity:
    """A visit as an activity: ``count`` people, ``detail`` whether the officer was on the roster, ``result`` case or ""."""
    return Activity(
        state.visit,
        ActivityKind.ROOM_VISIT.value,
        office,
        state.at,
        by=state.officer,
        level=Level.CLERK.value,
        count=state.heads,
        detail=ROSTERED if state.rostered else NOT_ROSTERED,
        campaign=state.campaign,
        case=state.case,
        result=CASE if state.became_case else "",
    )


def call_counts(state: Call, office: str) -> Activity:
    """A call as an activity: ``detail`` whether a name was given, ``result`` case or ""."""
    return Activity(
        state.call,
        ActivityKind.CALL_TAKEN.value,
        office,
        state.at,
        by=state.operator,
        level=Level.CLERK.value,
        detail=NAMED if state.name_given else UNNAMED,
        campaign=state.campaign,
        case=state.case,
        result=CASE if state.became_case else "",
    )


def opening_counts(state: Opening, office: str) -> Activity:
    """An opening as an activity: ``count`` letters found."""
    by, level = state.openers[0]["id"], Level.CLERK.value
    kind = ActivityKind.BOX_OPENED.value
    return Activity(
        state.opening, kind, office, state.at, by=by, level=level, count=state.letters, campaign=state.campaign
    )


def letters_count(activity: str, state: Opening, letters: int, what: str, here: Here) -> Activity:
    """Letters of an opening accounted for (``what``: registered or set_aside), dated as the opening so that both are counted
    in the same stretch. Names no case: how many there were is no secret of any of them."""
    kind, level = ActivityKind.BOX_LETTER.value, Level.CLERK.value
    return Activity(
        activity,
        kind,
        here.office,
        state.at,
        by=here.actor.id,
        level=level,
        count=letters,
        detail=what,
        campaign=state.campaign,
    )
