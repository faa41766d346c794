"""What only discipline reports have: disposal, feedback, clearing, suspected false accusation. Commands and queries.

JK = 《纪检监察机关处理检举控告工作规则》. Every command answers with the case as the other commands of assignment do.
"""

from typing import Any

from marshmallow import Schema, fields, validate

from contracts.commands.parts import HASH, MAX_NOTE, OfDesk, case_id, past_moment, words
from contracts.events import one_of
from contracts.words import ClearingWay, Disposal

NATURES = ("incipient", "tendency", "other")  # 苗头性 倾向性 其他
OBJECTS = ("party_member", "cadre", "other")  # 党员 干部 其他
MAX_GROUPS = 20_000
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


def _codes() -> fields.List[Any]:
    """Words of a list of the policy."""
    word = fields.String(validate=validate.Regexp(r"^[0-9A-Za-z_]{2,30}\Z"))
    return fields.List(word, load_default=list, validate=validate.Length(max=20))


class TagReport(Schema):
    """Say what an own report is about (S83, S84): its nature, whom it is about, the rule sets and violations of the policy.

    It may be said anew; the last counts.
    """

    case = case_id()
    nature = fields.String(required=True, validate=validate.OneOf(NATURES))
    object = fields.String(required=True, validate=validate.OneOf(OBJECTS))
    rule_sets = _codes()
    violations = _codes()


class EarlyWarnings(Schema):
    """Which of these groups of marks enough slight reports bear (S82). → ``{warnings: [{group, count, cases}]}``.

    A group stands for one person, or for the people of one unit. Only who has the desk's key can make the marks.
    """

    groups = fields.List(
        fields.List(fields.String(validate=HASH), required=True),
        required=True,
        validate=validate.Length(max=MAX_GROUPS),
    )


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
    """What stands beside a discipline case. → ``{feedback, clearings, accusation, disposals, tags}``."""

    case = case_id()


COMMANDS: dict[str, type[Schema]] = {
    "dispose": Dispose,
    "first_again": FirstAgain,
    "tag_report": TagReport,
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
    "early_warnings": EarlyWarnings,
}
