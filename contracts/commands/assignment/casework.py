"""Commands and queries of assignment: who holds a case, and what the holder does with it.

Every command answers with the case as ``get_case`` shows it: ``{case, number, status, holder, term, …}``.
"""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import MAX_NOTE, OfDesk, Page, case_id, envelope, last_day, office_id, past_moment, words
from contracts.events import one_of
from contracts.letters import CASE_ID
from contracts.officials import OFFICIAL_ID
from contracts.words import Desk, Finding, OfferKind, Proof, Status, Verdict

SIMPLE = "simple"  # 简易办理
SETTLEMENT_PROOFS = ("said_here", "signed", Proof.CALL_BACK.value)  # 本人口头确认 签字确认 上级回访


class Take(Schema):
    """The holder handles the case itself (本机关办理)."""

    case = case_id()


class ResealedSupplement(Schema):
    """A sealed supplement with the wrapped key of the receiving desk added."""

    supplement = fields.String(required=True, validate=CASE_ID)
    sealed = envelope()


class Offer(Schema):
    """Offer the case to an office above or below (转送, 交办); the offerer holds until the other signs.

    Discipline: ``sealed`` (and ``supplements``) re-sealed at the desk for the receiver's discipline desk.
    Petition: the service re-seals who reported; ``reporter`` and ``sealed`` stay null.
    ``report_back_days`` (calendar days) goes with 交办; absent means the policy's.
    """

    case = case_id()
    to = office_id()
    kind = fields.String(load_default=OfferKind.TRANSFER.value, validate=one_of(OfferKind))
    note = fields.String(load_default="", validate=validate.Length(max=MAX_NOTE))
    report_back_days = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, 366))
    sealed = envelope(required=False)
    reporter = envelope(required=False)
    supplements = fields.List(fields.Nested(ResealedSupplement), load_default=list)


class SignFor(Schema):
    """Sign for an offered case (签收): from this commit the office holds it."""

    case = case_id()


class ReturnOffer(Schema):
    """Objection within 5 working days of receipt (异议退回, K4, XF22 art. 23), before or after signing."""

    case = case_id()
    reason = words()
    proposed_office = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-z]{6,16})?$"))


class AskBackOffer(Schema):
    """Ask for an unsigned offer back; the receiver's office answers."""

    case = case_id()
    reason = words()


class Accept(Schema):
    """Accept the case (受理); the notice is numbered by intake.

    ``procedure`` "simple" (简易办理) puts K16 in the place of K5. ``new_facts`` says what a repeat brings that is new: it is
    a first report then.
    """

    case = case_id()
    procedure = fields.String(load_default="", validate=validate.OneOf(["", SIMPLE]))
    new_facts = fields.String(load_default="", validate=validate.Length(max=MAX_NOTE))


class Decline(Schema):
    """Refuse it with a ground of the policy's list and guidance where to turn (不予受理).

    Ground "final" (不再受理, XF22 art. 36) is for a repeat of a case known here as final, without ``new_facts``.
    """

    case = case_id()
    new_facts = fields.String(load_default="", validate=validate.Length(max=MAX_NOTE))
    ground = fields.String(required=True, validate=validate.Length(min=1, max=40))
    guidance = words()


class Extend(Schema):
    """Extend the handling time once (延期, K6, XF22 art. 34); a leader's act. ``days`` are calendar days."""

    case = case_id()
    days = fields.Integer(required=True, strict=True, validate=validate.Range(1, 366))
    reason = words()


class DraftOpinion(Schema):
    """Write, or write anew, the handling opinion (处理意见, XF22 art. 32), or the conclusion of a discipline report.

    ``verdict`` is a word of Verdict for a petition, of Finding for a discipline report. ``perform_by`` is the last
    day of what a supporting opinion promises. Without a field visit on record ``no_visit_reason`` says why.
    """

    case = case_id()
    verdict = fields.String(required=True, validate=validate.OneOf([*Verdict, *Finding]))
    facts = words(20_000)
    opinion = words(20_000)
    basis = words(10_000)
    perform_by = last_day(required=False)
    no_visit_reason = fields.String(load_default="", validate=validate.Length(max=MAX_NOTE))


class IssueOpinion(Schema):
    """A leader issues the drafted opinion: it gets its number and is frozen."""

    case = case_id()


SERVICE_WAYS = ("direct", "post", "electronic", "left", "announced")  # 直接 邮寄 电子 留置 公告


class Serve(Schema):
    """The issued opinion was served (送达): the case is concluded (办结).

    A ``witness`` is needed where the receiver ``refused`` it, or it was left or announced (送达回证).
    """

    case = case_id()
    way = fields.String(required=True, validate=validate.OneOf(SERVICE_WAYS))
    served_at = past_moment()
    receiver = fields.String(load_default="", validate=validate.Length(max=60))
    witness = fields.String(load_default="", validate=validate.Length(max=60))
    refused = fields.Boolean(load_default=False)


class Settle(Schema):
    """A village or community settled it on the spot (调解/当场解决); the person still confirms.

    ``perform_by`` is the day by which something is still to be done (K26).
    """

    case = case_id()
    what = words()
    perform_by = last_day(required=False)


class ConfirmSettlement(Schema):
    """The person confirmed the settlement; ``how`` says how that was learnt, ``proof`` by what.

    "call_back" asks an office above to call the person; the settlement is confirmed when that office says so.
    """

    case = case_id()
    how = words()
    proof = fields.String(load_default="said_here", validate=validate.OneOf(SETTLEMENT_PROOFS))


class RefuseSettlement(Schema):
    """The person does not agree to the settlement: handling goes on, and a village may offer the case up."""

    case = case_id()
    reason = words()


class LinkRepeat(Schema):
    """Link the case as a repeat (重件) of the case with register number ``repeat_of``; nothing is merged.

    That case stands at this desk and came before. Who sent the case down may link it where it is held by now.
    """

    case = case_id()
    repeat_of = fields.String(required=True, validate=validate.Length(min=1, max=40))


class AskReporter(Schema):
    """Ask the reporter back, by receipt, anonymous or not (S58): the question stands on the status page, the answer comes as a
    supplement. No clock stops. At a discipline desk only one of the policy's neutral questions, as the page is not sealed.
    """

    case = case_id()
    question = words(500)


class FlagMatter(Schema):
    """Mark the matter as hot (热点), hard (难点) or one of a campaign (``campaign_…``); it travels with the case (S4, S8).

    A mark stays: it says what the matter was taken for at that time.
    """

    case = case_id()
    flag = fields.String(required=True, validate=validate.Regexp(r"^(hot|hard|campaign_[a-z_]{2,20})\Z"))
    reason = words()


class Exclude(Schema):
    """Recusal of an office (回避): no content or notice about the case goes there from this commit on."""

    case = case_id()
    office = office_id()
    reason = words()


class Override(Schema):
    """A superior takes the case to itself (提级收回); ``exclude_holder`` also recuses the office that loses it."""

    case = case_id()
    reason = words()
    exclude_holder = fields.Boolean(required=True)


class Note(Schema):
    """An inner note of the handlers."""

    case = case_id()
    text = words()


class OpenSealed(Schema):
    """Somebody of the case's desk opens what is sealed, and says why; the desk program opens it. → ``{case, at}``."""

    case = case_id()
    reason = words(500)


class ListCases(Page):
    """The cases of one desk, newest first. → ``{cases: […], next}``. ``mine``: only those held here; ``handler``: only his."""

    desk = fields.String(required=True, validate=one_of(Desk))
    status = fields.String(load_default=None, allow_none=True, validate=one_of(Status))
    mine = fields.Boolean(load_default=False)
    handler = fields.String(load_default="", validate=validate.Length(max=60))


class GetCase(Schema):
    """One case with what was done. → ``{case: {…}, opinions, notes, offers}``; an unsigned offer shows its file."""

    case = case_id()


class Search(Schema):
    """Cases of a desk whose number, place or text has ``text`` in it. → ``{cases: […]}``."""

    text = words(100)
    desk = fields.String(required=True, validate=one_of(Desk))
    limit = fields.Integer(load_default=50, strict=True, validate=validate.Range(1, 200))


class Suggest(Schema):
    """Where the case could go, with reasons. → ``{offices: [{office, name, why}]}``. The clerk decides.

    ``officials`` are the accused, whose rank and posts the register knows; without them ``rank`` and ``accused_offices``
    say what is known of them. Nothing of it is kept.
    """

    case = case_id()
    officials = fields.List(fields.String(validate=OFFICIAL_ID), load_default=list, validate=validate.Length(max=20))
    accused_offices = fields.List(fields.String(), load_default=list)
    rank = fields.String(load_default="", validate=validate.Length(max=30))


COMMANDS: dict[str, type[Schema]] = {
    "take": Take,
    "offer": Offer,
    "sign_for": SignFor,
    "return_offer": ReturnOffer,
    "ask_back": AskBackOffer,
    "accept": Accept,
    "decline": Decline,
    "extend": Extend,
    "draft_opinion": DraftOpinion,
    "issue_opinion": IssueOpinion,
    "serve": Serve,
    "settle": Settle,
    "confirm_settlement": ConfirmSettlement,
    "refuse_settlement": RefuseSettlement,
    "link_repeat": LinkRepeat,
    "flag_matter": FlagMatter,
    "ask_reporter": AskReporter,
    "exclude": Exclude,
    "override": Override,
    "note": Note,
    "open_sealed": OpenSealed,
}

# counts → {held, by_status, passed_on, in_tray}; offers (the in-tray) → {offers: […]};
# todo → {cases, offers, helping: {of_us, by_us}, disputes, objections}: what waits here, the most pressing first.
QUERIES: dict[str, type[Schema]] = {
    "list_cases": ListCases,
    "get_case": GetCase,
    "search": Search,
    "counts": OfDesk,
    "offers": OfDesk,
    "todo": OfDesk,
    "suggest": Suggest,
}
