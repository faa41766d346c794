"""Call-backs made for an office below, and sample call-backs. Commands and queries."""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import case_id, words
from contracts.events.outcome import MAX_WORDS, RESULTS
from contracts.words import Desk

PETITION_ONLY = validate.OneOf([Desk.PETITION.value])


class MakeCallBack(Schema):
    """A person of this office asked the reporter: what was heard."""

    call_back = case_id()
    result = fields.String(required=True, validate=validate.OneOf(RESULTS))
    note = fields.String(load_default="", validate=validate.Length(max=MAX_WORDS))


class OpenCallBack(Schema):
    """A person opens who is to be called; the reason is journalled."""

    call_back = case_id()
    reason = words(500)


class SampleCallBacks(Schema):
    """Have some of the concluded cases of offices below called back: about ``share`` of a hundred, the same for all who ask."""

    desk = fields.String(load_default=Desk.PETITION.value, validate=PETITION_ONLY)
    share = fields.Integer(required=True, strict=True, validate=validate.Range(1, 100))


class CallBacks(Schema):
    """The call-backs that this office is to make, or made, the oldest first."""

    desk = fields.String(load_default=Desk.PETITION.value, validate=PETITION_ONLY)
    state = fields.String(load_default="wanted", validate=validate.OneOf(["wanted", "made"]))


COMMANDS: dict[str, type[Schema]] = {
    "make_call_back": MakeCallBack,
    "open_call_back": OpenCallBack,
    "sample_call_backs": SampleCallBacks,
}
QUERIES: dict[str, type[Schema]] = {"call_backs": CallBacks}
