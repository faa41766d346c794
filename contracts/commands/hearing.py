"""Commands and queries of hearing: review, final review, the hearing with its four on-the-spots, termination."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.commands import figures
from contracts.commands.parts import HandedOver, OfDesk, last_day
from contracts.events import moment, moment_required, one_of
from contracts.letters import CASE_ID
from contracts.words import Form, Gate, ReviewOutcome

MAX_WORDS = 5000
MAX_FURTHER = 10
SHA256 = validate.Regexp(r"^([0-9a-f]{64})?\Z")
LEVELS = ("handling", "final_review")
SLOTS = ("host", "scope", "procedure", "form", "finality")
"""实施主体, 适用范围, 实施程序, 召开形式, 终结标准 (S100)."""
PANEL_ROLES = ("host", "member", "recorder", "deputy", "petition_office", "petitioner", "other_party", "observer")
"""Host, member, recorder; 人大代表/政协委员, 信访办人员, 双方当事人 (S105); observers."""


def case_id() -> fields.String:
    return fields.String(required=True, validate=CASE_ID)


def session_id() -> fields.String:
    return fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{32}$"))


def words(maximum: int = MAX_WORDS) -> fields.String:
    """Text that must say something."""
    return fields.String(required=True, validate=[validate.Length(min=1, max=maximum), validate.Regexp(r"(?s).*\S")])


def optional_words(maximum: int = MAX_WORDS) -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=maximum))


class RequestReview(Schema):
    """The reporter asks for review (复查, art. 35) within K7; later only with the review organ's reason for a waiver."""

    case = case_id()
    points = words()
    requested_at = moment(required=False)
    waiver = optional_words(1000)


class DecideReview(Schema):
    """The review organ's written opinion (复查意见, art. 35; K8)."""

    case = case_id()
    outcome = fields.String(required=True, validate=one_of(ReviewOutcome))
    facts = words()
    opinion = words()
    basis = words()


class RequestFinalReview(Schema):
    """The reporter asks for final review (复核, art. 36) within K9. ``body`` names the organ if the policy does not."""

    case = case_id()
    points = words()
    requested_at = moment(required=False)
    waiver = optional_words(1000)
    body = fields.String(load_default="", validate=validate.Length(max=40))


class RegisterFinalOpinion(Schema):
    """The opinion of the organ outside the network; at the level of final review it makes the case final (art. 36)."""

    case = case_id()
    outcome = fields.String(required=True, validate=one_of(ReviewOutcome))
    opinion_no = words(80)
    issued_at = moment_required()
    public = fields.Boolean(load_default=False)


class Seat(Schema):
    """One who takes part in a hearing (S105); for an official ``person`` is his id, ``office`` where he works."""

    name = words(60)
    role = fields.String(required=True, validate=validate.OneOf(PANEL_ROLES))
    person = fields.String(load_default="", validate=validate.Regexp(r"^[0-9A-Za-z-]{0,20}\Z"))
    office = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-z]{6,16})?\Z"))


class OpenHearing(Schema):
    """Call a hearing in one of three forms (S101). It stands on an investigation report (S104).

    ``report_text`` is the report, or ``report_sha256`` stands for its file: one of them is needed.

    ``further`` are other cases of this office that it treats as well.
    """

    case = case_id()
    form = fields.String(required=True, validate=one_of(Form))
    place = words(200)
    planned_at = moment_required()
    panel = fields.List(fields.Nested(Seat), required=True, validate=validate.Length(min=1, max=60))
    for_level = fields.String(required=True, validate=validate.OneOf(LEVELS))
    investigation_report = words(200)
    report_text = optional_words(50_000)
    report_sha256 = fields.String(load_default="", validate=SHA256)
    public_notice = optional_words(200)
    absences = optional_words(1000)
    further = fields.List(fields.String(validate=CASE_ID), load_default=list, validate=validate.Length(max=MAX_FURTHER))


class AdjournHearing(Schema):
    """A hearing goes on another day; what was recorded stays. → the hearing."""

    session = session_id()
    planned_at = moment_required()
    reason = words(1000)


class CancelHearing(Schema):
    """A hearing that was called is not held. → the hearing."""

    session = session_id()
    reason = words(1000)


class ReplaceSeat(Schema):
    """Somebody else takes the seat of ``name`` before the record is closed, as when a member has to withdraw (回避)."""

    session = session_id()
    name = words(60)
    by = fields.Nested(Seat, required=True)
    reason = words(1000)


class RecordGate(Schema):
    """One of the four on-the-spots (S102): what was said there, or why it was not done."""

    session = session_id()
    gate = fields.String(required=True, validate=one_of(Gate))
    content = optional_words()
    reason = optional_words(1000)

    @validates_schema
    def _content_or_reason(self, data: Mapping[str, Any], **_: Any) -> None:
        if bool(data["content"].strip()) == bool(data["reason"].strip()):
            raise ValidationError("内容和未能当场完成的原因须填且只填一项", "content")


class AgreementTerm(Schema):
    """One promise of a hearing agreement; its performance is clock K26."""

    what = words(1000)
    due = last_day()


class Agreement(Schema):
    terms = fields.List(fields.Nested(AgreementTerm), required=True, validate=validate.Length(min=1, max=50))


class CompleteHearing(Schema):
    """Close the record of a hearing; refused by name while any on-the-spot lacks content or reason.

    ``resolved`` are those of its cases that were resolved there, at the agreement made on the spot (S108).
    """

    session = session_id()
    minutes = words(50_000)
    resolved = fields.List(
        fields.String(validate=CASE_ID), load_default=list, validate=validate.Length(max=MAX_FURTHER + 1)
    )
    agreement = fields.Nested(Agreement, load_default=None, allow_none=True)


class RecusalAnswer(Schema):
    """What one who takes part answers: whether he asks that somebody withdraw, and what was decided on it."""

    name = words(60)
    asks = fields.Boolean(required=True)
    whom = optional_words(60)
    reason = optional_words(1000)
    decision = optional_words(1000)


class AskRecusal(Schema):
    """The question of recusal, put to those who take part (S105); who is asked again answers anew."""

    session = session_id()
    answers = fields.List(fields.Nested(RecusalAnswer), required=True, validate=validate.Length(min=1, max=60))


class Signature(Schema):
    """One who took part signed the minutes, or refused to and said why."""

    name = words(60)
    signed = fields.Boolean(required=True)
    why = optional_words(1000)


class SignMinutes(Schema):
    """The frozen minutes, by their ``digest``, with everybody's signature or refusal (S102)."""

    session = session_id()
    digest = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}\Z"))
    signatures = fields.List(fields.Nested(Signature), required=True, validate=validate.Length(min=1, max=60))


class ConfirmTerm(Schema):
    """A term of an agreement was performed, or its day passed and it was not (S106, K26); ``how`` is known."""

    session = session_id()
    term = fields.Integer(required=True, strict=True, validate=validate.Range(min=1, max=50))
    performed = fields.Boolean(required=True)
    how = words(1000)


class Standard(Schema):
    """One point of the district's standard for termination (S100), and whether it is met."""

    point = words(500)
    met = fields.Boolean(required=True)


class Terminate(Schema):
    """A terminating opinion after a hearing (听证终结, S107). It never cuts off review (art. 35, 36)."""

    case = case_id()
    opinion = words()
    standard_met = fields.List(fields.Nested(Standard), required=True, validate=validate.Length(min=1, max=30))


def _names() -> fields.List[str]:
    """Names to mask besides those of the parties."""
    return fields.List(words(60), load_default=list, validate=validate.Length(max=50))


class MaskedTermination(Schema):
    """A terminating opinion as the public would read it, without persons. → ``{text, digest}``."""

    session = session_id()
    names = _names()


class PublishTermination(Schema):
    """A leader publishes a terminating opinion after reading it masked: ``digest`` is that of the text that he saw (S107)."""

    session = session_id()
    names = _names()
    digest = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{64}\Z"))


class WithdrawPublication(Schema):
    """A leader takes a published opinion back from the portal."""

    session = session_id()
    reason = words(1000)


class EnterHearingRule(Schema):
    """A leader enters the text of one of the five slots of the district's own rules, as its next version (S99, S100)."""

    slot = fields.String(required=True, validate=validate.OneOf(SLOTS))
    document = words(200)
    text = words()


class AnswerCheck(Schema):
    """Whether the text in force of a slot is met for the hearing of a case that is next, open or was completed last (S100)."""

    case = case_id()
    slot = fields.String(required=True, validate=validate.OneOf(SLOTS))
    met = fields.Boolean(required=True)
    note = optional_words(1000)


class HearingRules(Schema):
    """The five slots of the rules of this desk. → ``{slots: [{slot, zh, versions}]}``, empty until entered."""


class Reviews(Schema):
    """Opinions that may be reviewed and the reviews of them."""


class Sessions(Schema):
    """Hearings of this office."""


class GetSession(Schema):
    session = session_id()


class Case(Schema):
    """Everything hearing knows of one case."""

    case = case_id()


COMMANDS: dict[str, type[Schema]] = {
    "request_review": RequestReview,
    "decide_review": DecideReview,
    "request_final_review": RequestFinalReview,
    "register_final_opinion": RegisterFinalOpinion,
    "open_hearing": OpenHearing,
    "replace_seat": ReplaceSeat,
    "record_gate": RecordGate,
    "complete_hearing": CompleteHearing,
    "adjourn_hearing": AdjournHearing,
    "cancel_hearing": CancelHearing,
    "terminate": Terminate,
    "ask_recusal": AskRecusal,
    "sign_minutes": SignMinutes,
    "confirm_term": ConfirmTerm,
    "enter_hearing_rule": EnterHearingRule,
    "answer_check": AnswerCheck,
    "publish_termination": PublishTermination,
    "withdraw_publication": WithdrawPublication,
}
# todo → {reviews, sessions, unsigned, terms}: what waits here, the most pressing first.
QUERIES: dict[str, type[Schema]] = {
    "todo": OfDesk,
    "handed_over": HandedOver,
    "reviews": Reviews,
    "sessions": Sessions,
    "get_session": GetSession,
    "masked_termination": MaskedTermination,
    "hearing_rules": HearingRules,
    "case": Case,
    **figures.QUERIES,
}
