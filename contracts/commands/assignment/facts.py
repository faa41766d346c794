"""Corrections as new facts beside the old, and cases that go to a body outside the network. Commands and queries."""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import MAX_NOTE, OfDesk, case_id, envelope, past_moment, words
from contracts.events import one_of
from contracts.letters import CASE_ID, OFFICE_ID
from contracts.words import Correction

MAX_OFFICES = 20


def _said(maximum: int) -> fields.String:
    return fields.String(required=True, validate=[validate.Length(max=maximum), validate.Regexp(r"(?s).*\S")])


class Correct(Schema):
    """Correct something of a case: the new stands, the old stays beside it with the reason.

    ``to`` is the new category, place or nature. A name, and whatever is corrected in a discipline report, comes
    ``sealed`` by the desk: for a petition the reporter's envelope (``contactable`` says whether it has a way to reach
    the person), for a discipline report a sealed supplement. ``accused_offices`` are where the accused works: recused.
    """

    case = case_id()
    what = fields.String(required=True, validate=one_of(Correction))
    to = fields.String(load_default="", validate=validate.Length(max=200))
    sealed = envelope(required=False)
    contactable = fields.Boolean(load_default=None, allow_none=True)
    accused_offices = fields.List(
        fields.String(validate=OFFICE_ID), load_default=list, validate=validate.Length(max=MAX_OFFICES)
    )
    reason = words()


class ToDiscipline(Schema):
    """An ordinary petition turns out to accuse somebody: it goes, sealed, to the district's discipline desk.

    ``sealed`` is the whole of it for that desk, bound to ``as_case``; here nothing but a custody line stays.
    """

    case = case_id()
    as_case = fields.String(required=True, validate=CASE_ID)
    sealed = envelope()


class SendOutside(Schema):
    """A leader sends the case, by document, to a body outside the network: one of the district file, or by its name."""

    case = case_id()
    body = _said(40)
    document_no = _said(80)
    note = fields.String(load_default="", validate=validate.Length(max=MAX_NOTE))


class RegisterOutsideAnswer(Schema):
    """The body outside answered."""

    case = case_id()
    document_no = _said(80)
    at = past_moment()
    summary = words(10_000)


class FactsOf(Schema):
    """What was corrected in a case. → ``{facts: [{what, old, new, old_sealed, sealed, reason, by, at}]}``."""

    case = case_id()


COMMANDS: dict[str, type[Schema]] = {
    "correct": Correct,
    "to_discipline": ToDiscipline,
    "send_outside": SendOutside,
    "register_outside_answer": RegisterOutsideAnswer,
}

# outside → {cases: [{case, number, body, name, document_no, sent_at, age_days, answer_no, answered_at}], unanswered}.
QUERIES: dict[str, type[Schema]] = {
    "facts": FactsOf,
    "outside": OfDesk,
}
