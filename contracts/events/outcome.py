"""What becomes of a case after its answer: call-backs, opening it again, and when it is final."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import TermSchema, moment_required
from contracts.letters import CASE_ID
from contracts.words import Desk

PURPOSES = ("withdrawal", "resolution", "settlement")
RESULTS = ("confirmed", "denied", "pressed", "unreachable")
"""What a call-back heard: it is so; it is not so; the person was pressed (被要求、被胁迫); nobody was reached."""
MAX_WORDS = 2000


class CallBackWanted(Schema):
    """assignment (holder) → supervision of an office above: please ask the reporter yourself (回访).

    Only a petition is called back. ``reporter`` is the envelope of who reported, sealed for that office's petition desk;
    null where nobody is known. ``words`` are what the holder says it was told, for the person who calls.
    """

    call_back = fields.String(required=True, validate=CASE_ID)
    purpose = fields.String(required=True, validate=validate.OneOf(PURPOSES))
    number = fields.String(required=True, validate=validate.Length(min=1, max=40))
    desk = fields.String(required=True, validate=validate.OneOf([Desk.PETITION.value]))
    at = moment_required()
    reporter = fields.Dict(required=True, allow_none=True)
    words = fields.String(required=True, validate=validate.Length(min=1, max=MAX_WORDS))


class CallBackMade(Schema):
    """supervision of that office → assignment (holder): what the reporter said when asked by another office."""

    call_back = fields.String(required=True, validate=CASE_ID)
    purpose = fields.String(required=True, validate=validate.OneOf(PURPOSES))
    result = fields.String(required=True, validate=validate.OneOf(RESULTS))
    at = moment_required()
    note = fields.String(load_default="", validate=validate.Length(max=MAX_WORDS))


class ReopenOrdered(Schema):
    """assignment or supervision (an office above) → assignment (holder): open the concluded case again, without a reason."""

    term = fields.Nested(TermSchema, required=True)
    at = moment_required()


class FileDisposed(Schema):
    """assignment → own intake: the file was kept long enough (销毁); of the report nothing but its line stays."""

    at = moment_required()


class CopyDisposed(Schema):
    """assignment (holder) → assignment of every office that may have the case, and on from there: its file is gone.

    Each office counts the years of ``retention`` from ``closed_at`` itself.
    """

    at = moment_required()
    closed_at = moment_required()
    retention = fields.String(required=True, validate=validate.Length(min=1, max=24))


class NoticeIssued(Schema):
    """intake → own assignment: a notice of the case has its number (文号) and is frozen."""

    number = fields.String(required=True, validate=validate.Length(min=1, max=80))
    kind = fields.String(required=True, validate=validate.Length(max=24))
    at = moment_required()
    facts = fields.Dict(load_default=dict)


class CaseFinal(Schema):
    """hearing → assignment of the holder, and the own one: the same facts and reasons are accepted no more (XF22 art. 36).

    ``opinions`` are the numbers of opinion, review and final review as far as there are any: all three where ``how`` is
    "final_review"; where the right to ask "lapsed" one (K7) or two (K9). None where review was "asked_after_all": a request
    made in time arrived late, or its lateness was waived.
    """

    opinions = fields.List(
        fields.String(validate=validate.Length(min=1, max=80)), required=True, validate=validate.Length(max=3)
    )
    how = fields.String(required=True, validate=validate.OneOf(["final_review", "lapsed", "asked_after_all"]))
    at = moment_required()


EVENTS: dict[str, type[Schema]] = {
    "call_back_wanted": CallBackWanted,
    "call_back_made": CallBackMade,
    "reopen_ordered": ReopenOrdered,
    "file_disposed": FileDisposed,
    "copy_disposed": CopyDisposed,
    "notice_issued": NoticeIssued,
    "case_final": CaseFinal,
}
