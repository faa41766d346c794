"""Going down with cases (带案下访, S54, S92): who goes where with which cases, and what they came back with."""

from marshmallow import Schema, fields, validate

from contracts.activities import Level
from contracts.commands.parts import MAX_NOTE, NumberedPage, case_id, past_moment, words
from contracts.events.activities import campaign_id
from contracts.events.parts import one_of
from contracts.letters import CASE_ID
from contracts.outreach import MAX_CASES, Brought

OFFICIAL = validate.Regexp(r"^[0-9A-Za-z-]{1,20}\Z")
PLACE_ON_EARTH = validate.Regexp(r"^(-?[0-9]{1,2}\.[0-9]{1,6},-?[0-9]{1,3}\.[0-9]{1,6})?\Z")


def go_down() -> fields.String:
    return fields.String(required=True, validate=CASE_ID)


def case_list() -> fields.List[str]:
    return fields.List(fields.String(validate=CASE_ID), load_default=list, validate=validate.Length(max=MAX_CASES))


class PlanGoDown(Schema):
    """A leader will go down, or went, on ``day`` to ``place``, any place (S92), and takes petitions along. → the going down.

    ``leader`` is an official's id. ``cases`` are petitions of this office or below; those that are not in this register are
    looked up in the ledger: until that answered they stand as ``waiting``, what is not found as ``unknown``. ``position``
    is latitude and longitude, where somebody took it.
    """

    leader = fields.String(required=True, validate=OFFICIAL)
    leader_name = words(40)
    level = fields.String(load_default=Level.LEADER.value, validate=one_of(Level))
    day = fields.Date(required=True, format="iso")
    place = words(200)
    position = fields.String(load_default="", validate=PLACE_ON_EARTH)
    cases = case_list()
    campaign = campaign_id()


class TakeAlong(Schema):
    """More cases go along, or some do not after all, until he is back. → the going down."""

    go_down = go_down()
    cases = case_list()
    leave = case_list()


class CancelGoDown(Schema):
    """It does not take place. → the going down."""

    go_down = go_down()
    reason = words(200)


class HoldGoDown(Schema):
    """He went. → the going down. Only now it counts; results of the cases are recorded one by one."""

    go_down = go_down()
    at = past_moment()
    words = fields.String(load_default="", validate=validate.Length(max=MAX_NOTE))


class GoDownResult(Schema):
    """What one case came back with; it may be recorded anew. → the going down."""

    go_down = go_down()
    case = case_id()
    result = fields.String(required=True, validate=one_of(Brought))
    words = words(MAX_NOTE)


class GoDowns(NumberedPage):
    """Goings down of this office, the latest day first. → ``{go_downs: […], next}``.

    ``open``: only those still to come, and those with a case of which nobody said what it came back with.
    """

    open = fields.Boolean(load_default=False)


class GoDown(Schema):
    """One going down, with its cases and the reports taken on the spot. → the going down."""

    go_down = go_down()


COMMANDS: dict[str, type[Schema]] = {
    "plan_go_down": PlanGoDown,
    "take_along": TakeAlong,
    "cancel_go_down": CancelGoDown,
    "hold_go_down": HoldGoDown,
    "go_down_result": GoDownResult,
}
QUERIES: dict[str, type[Schema]] = {"go_downs": GoDowns, "go_down": GoDown}
