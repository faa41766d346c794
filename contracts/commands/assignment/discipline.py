"""What only discipline reports have: disposal, feedback, clearing, suspected false accusation. Commands and queries.

JK = 《纪检监察机关处理检举控告工作规则》. Every command answers with the case as the other commands of assignment do.
"""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import MAX_NOTE, OfDesk, case_id, past_moment, words
from contracts.events import one_of
from contracts.words import ClearingWay, Disposal

TOLD_WAYS = ("phone", "face_to_face", "letter", "electronic")  # 电话 当面 书信 电子


def _maybe() -> fields.String:
    """A text that may be left out."""
    return fields.String(load_default="", validate=validate.Length(max=MAX_NOTE))


def _name() -> fields.String:
    return fields.String(required=True, validate=[validate.Length(max=60), validate.Regexp(r"(?s).*\S")])


def _document_no() -> fields.String:
    return fields.String(required=True, validate=[validate.Length(max=60), validate.Regexp(r"(?s).*\S")])


class Dispose(Schema):
    """A head decides how an own report is disposed of (处置, JK art. 17; S80). It may be decided anew; each stays."""

    case = case_id()
    disposal = fields.String(required=True, validate=one_of(Disposal))
    reason = words()


class FirstAgain(Schema):
    """New facts in a repeat make it a first report again (JK art. 14)."""

    case = case_id()
    reason = words()


class FeedBack(Schema):
    """The real-name reporter was told the result (反馈, JK art. 27, K18).

    An ``objection`` needs the ``explanation`` that was given; ``new_evidence`` opens the case again.
    """

    case = case_id()
    at = past_moment()
    way = fields.String(required=True, validate=validate.OneOf(TOLD_WAYS))
    told_by = _name()
    response = _maybe()
    objection = _maybe()
    explanation = _maybe()
    new_evidence = _maybe()


class SuggestFalseAccusation(Schema):
    """A head suggests that the city recognise a false accusation (建议认定诬告陷害, JK arts 39, 40)."""

    case = case_id()
    facts = words(10_000)


class RegisterCityDecision(Schema):
    """What the city decided on that suggestion; only there it can be recognised (JK art. 40)."""

    case = case_id()
    document_no = _document_no()
    recognised = fields.Boolean(required=True)
    at = past_moment()


class FindMistaken(Schema):
    """A head finds a report wrong without intent (错告, JK art. 41): nobody is to blame."""

    case = case_id()
    reason = words()


class ProposeClearing(Schema):
    """Propose to clear somebody whom an untrue report named (澄清, JK arts 50, 51)."""

    case = case_id()
    way = fields.String(required=True, validate=one_of(ClearingWay))
    words = words(10_000)


class ApproveClearing(Schema):
    """The head approves the clearing that was proposed."""

    case = case_id()


class RecordClearing(Schema):
    """The approved clearing was done."""

    case = case_id()
    at = past_moment()
    done_by = _name()


class BelongsAbove(Schema):
    """The head finds that the report belongs to a body above the district: it goes up within 5 working days (K19)."""

    case = case_id()
    body = fields.String(required=True, validate=[validate.Length(max=40), validate.Regexp(r"(?s).*\S")])


class SentUp(Schema):
    """It was sent up (JK art. 15): every content is deleted here, only its number and a custody line stay."""

    case = case_id()
    way = fields.String(required=True, validate=validate.OneOf(["courier", "confidential_post", "handed_over"]))
    document_no = _document_no()
    at = past_moment()


class DisciplineFile(Schema):
    """What stands beside a discipline case. → ``{feedback, clearings, accusation, disposals}``."""

    case = case_id()


COMMANDS: dict[str, type[Schema]] = {
    "dispose": Dispose,
    "first_again": FirstAgain,
    "feed_back": FeedBack,
    "suggest_false_accusation": SuggestFalseAccusation,
    "register_city_decision": RegisterCityDecision,
    "find_mistaken": FindMistaken,
    "propose_clearing": ProposeClearing,
    "approve_clearing": ApproveClearing,
    "record_clearing": RecordClearing,
    "belongs_above": BelongsAbove,
    "sent_up": SentUp,
}

# discipline_counts → {held, first, repeats, real_name, anonymous, by_disposal}, of the reports held here.
QUERIES: dict[str, type[Schema]] = {
    "discipline_file": DisciplineFile,
    "discipline_counts": OfDesk,
}
