"""Helping offices (协办), disputes on competence (XF22 art. 24), handlers and teams (S66). Commands and queries."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.commands.parts import MAX_LIST, OfDesk, case_id, envelope, last_day, office_id, words
from contracts.events import one_of
from contracts.letters import CASE_ID, OFFICE_ID
from contracts.words import DecidedBy

TEAM = validate.Regexp(r"^[0-9a-z-]{1,30}\Z")
PERSON = validate.Regexp(r"^[0-9A-Za-z-]{1,20}\Z")


class AskHelp(Schema):
    """Ask another office to help (协办): the holder stays holder and answers for it. ``due`` is the last day.

    Of a discipline case ``what`` is one of the policy's ``neutral_requests``: it travels in clear.
    """

    case = case_id()
    to = office_id()
    what = words()
    due = last_day()


class ReportHelp(Schema):
    """The helping office says what it did (协办反馈); its part is done. ``ordinal`` when it helps in two things."""

    case = case_id()
    text = words(20_000)
    ordinal = fields.Integer(load_default=None, allow_none=True, strict=True)


class ReleaseHelp(Schema):
    """The holder needs the help of ``office`` no more."""

    case = case_id()
    office = office_id()
    reason = words()


class ResealedSupplement(Schema):
    """A sealed supplement with the wrapped key of the receiving desk added."""

    supplement = fields.String(required=True, validate=CASE_ID)
    sealed = envelope()


class Insist(Schema):
    """Offer the case once more to the office that objected (art. 23): the sender verified and does not agree.

    Discipline: ``sealed`` and ``supplements`` re-sealed for that office, as in ``offer``.
    """

    case = case_id()
    reason = words()
    sealed = envelope(required=False)
    supplements = fields.List(fields.Nested(ResealedSupplement), load_default=list)


class ReferDispute(Schema):
    """Holder, or the receiver who objects again: let the common superior decide between ``offices`` (art. 24)."""

    case = case_id()
    reason = words()
    offices = fields.List(fields.String(validate=OFFICE_ID), required=True, validate=validate.Length(min=2, max=10))


class DecideDispute(Schema):
    """A leader of the common superior says which of the offices is competent (art. 24).

    Where the superior put it to the joint conference (联席会议), ``way`` says so, with its record: who took part (organs or
    names), the day it was held, and the number of what it decided. Of a decision of the superior's own there is none.
    """

    case = case_id()
    office = office_id()
    reason = words()
    way = fields.String(load_default=DecidedBy.SUPERIOR.value, validate=one_of(DecidedBy))
    participants = fields.List(words(60), load_default=list, validate=validate.Length(max=50))
    held_on = fields.Date(load_default=None, allow_none=True)
    document_no = fields.String(load_default="", validate=validate.Length(max=80))

    @validates_schema
    def _recorded(self, data: dict[str, Any], **_: Any) -> None:
        given = {name: bool(data[name]) for name in ("participants", "held_on", "document_no")}
        held = data["way"] == DecidedBy.JOINT_CONFERENCE.value
        wrong = [name for name, is_given in given.items() if is_given != held]
        if wrong:
            raise ValidationError({name: ["联席会议须写明" if held else "只有联席会议才填写"] for name in wrong})


class AssignHandler(Schema):
    """Name the handler of a case: an official's id, or an account of this office; "" takes the name away."""

    case = case_id()
    handler = fields.String(required=True, validate=validate.Length(max=60))


class FormTeam(Schema):
    """Form a case team of this desk, or change it. ``members`` are officials' ids; ``area`` is one of the policy or ""."""

    team = fields.String(required=True, validate=TEAM)
    name = words(60)
    area = fields.String(load_default="", validate=validate.Length(max=30))
    members = fields.List(fields.String(validate=PERSON), required=True, validate=validate.Length(min=1, max=50))


class AssignTeam(Schema):
    """Give cases to a team at one go (集中办理). → ``{done: [case], refused: [{case, code, message}]}``."""

    cases = fields.List(fields.String(validate=CASE_ID), required=True, validate=validate.Length(min=1, max=MAX_LIST))
    team = fields.String(required=True, validate=TEAM)


class AssignArea(Schema):
    """Give the open cases of the team's area that have no team to it, ``limit`` at a time (集中办理, S66).

    → ``{done: [case], refused: [{case, code, message}], left}``; said again until ``left`` is 0.
    """

    team = fields.String(required=True, validate=TEAM)
    limit = fields.Integer(load_default=MAX_LIST, strict=True, validate=validate.Range(1, MAX_LIST))


class TeamHistory(Schema):
    """Who was in a team of the actor's desk, and from when. → ``{changes: [{at, members, area, by, why}]}``."""

    team = fields.String(required=True, validate=TEAM)


COMMANDS: dict[str, type[Schema]] = {
    "ask_help": AskHelp,
    "report_help": ReportHelp,
    "release_help": ReleaseHelp,
    "insist": Insist,
    "refer_dispute": ReferDispute,
    "decide_dispute": DecideDispute,
    "assign_handler": AssignHandler,
    "form_team": FormTeam,
    "assign_team": AssignTeam,
    "assign_area": AssignArea,
}
# helping → {of_us: […], by_us: […]}; disputes → {disputes: […]}; teams → {teams: […]}.
QUERIES: dict[str, type[Schema]] = {"helping": OfDesk, "disputes": OfDesk, "teams": OfDesk, "team_history": TeamHistory}
