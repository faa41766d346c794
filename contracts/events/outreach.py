"""Which cases below exist, asked within an office: intake has its own register only, supervision a line for each."""

from marshmallow import Schema, fields, validate

from contracts.letters import CASE_ID
from contracts.outreach import MAX_CASES


def _cases() -> fields.List[str]:
    return fields.List(fields.String(validate=CASE_ID), required=True, validate=validate.Length(1, MAX_CASES))


class LinesWanted(Schema):
    """intake → own supervision: which of these are petitions here or below, and hidden from none of these persons.

    ``persons`` are who asks and the leader who goes down; of a case that one of them is recused from nothing is known.
    """

    go_down = fields.String(required=True, validate=CASE_ID)
    cases = _cases()
    persons = fields.List(
        fields.String(validate=validate.Length(1, 20)), required=True, validate=validate.Length(max=2)
    )


class LineFound(Schema):
    """One of them, with its number."""

    case = fields.String(required=True, validate=CASE_ID)
    number = fields.String(required=True, validate=validate.Length(1, 40))


class LinesFound(Schema):
    """supervision → own intake: those that it has; of the others of ``asked`` it knows nothing."""

    go_down = fields.String(required=True, validate=CASE_ID)
    asked = _cases()
    lines = fields.List(fields.Nested(LineFound), required=True, validate=validate.Length(max=MAX_CASES))


EVENTS: dict[str, type[Schema]] = {"lines_wanted": LinesWanted, "lines_found": LinesFound}
