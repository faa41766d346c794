"""Mass incidents (群体性事件, S35): first report, follow-ups, steps taken, final report. Commands and queries."""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import case_id
from contracts.commands.parts import words as text
from contracts.events import moment_required
from contracts.events.incidents import LEVEL, MAX_NAME, MAX_PEOPLE, MAX_PLACE, MAX_WORDS
from contracts.letters import CASE_ID

MAX_CASES = 200


def _heads() -> fields.Integer:
    return fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_PEOPLE))


def _cases() -> fields.List[str]:
    return fields.List(fields.String(validate=CASE_ID), load_default=list, validate=validate.Length(max=MAX_CASES))


class ReportIncident(Schema):
    """The first report (首报): told in the same moment to every office above. ``level`` is a word of ``incident_levels``.

    ``cases`` are petitions known here that it is about; they are told to nobody.
    """

    at = moment_required()
    place = text(MAX_PLACE)
    heads = _heads()
    demand = text(MAX_WORDS)
    level = fields.String(required=True, validate=LEVEL)
    commander = text(MAX_NAME)
    words = text(MAX_WORDS)
    cases = _cases()


class FollowIncident(Schema):
    """A follow-up (续报): how it stands now, by when the next one follows is the policy's."""

    incident = case_id()
    heads = _heads()
    level = fields.String(required=True, validate=LEVEL)
    commander = text(MAX_NAME)
    words = text(MAX_WORDS)
    cases = _cases()


class TakeIncidentStep(Schema):
    """A step that was taken: what, and by whom."""

    incident = case_id()
    by = text(MAX_NAME)
    words = text(MAX_WORDS)


class EndIncident(Schema):
    """The final report (终报): how it ended; no follow-up is due any more."""

    incident = case_id()
    words = text(MAX_WORDS)


class Incidents(Schema):
    """→ ``{incidents: [{…, overdue, cases, entries}]}``: those here and told from below, the latest first."""

    state = fields.String(load_default="", validate=validate.OneOf(["", "open", "ended"]))


COMMANDS: dict[str, type[Schema]] = {
    "report_incident": ReportIncident,
    "follow_incident": FollowIncident,
    "take_incident_step": TakeIncidentStep,
    "end_incident": EndIncident,
}
QUERIES: dict[str, type[Schema]] = {"incidents": Incidents}
