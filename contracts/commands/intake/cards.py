"""Contact cards (民情联系卡) and slips (S23): printed, given out, bound, made void. Commands and queries."""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import NumberedPage, case_id, past_moment, words
from contracts.events.activities import campaign_id
from contracts.events.parts import moment_required, one_of
from contracts.outreach import SERIAL, CardKind, GivenTo

MAX_BATCH, MAX_AT_ONCE, MAX_PLACE = 20_000, 100, 200
PHONE = validate.Regexp(r"^[0-9 +()-]{3,30}\Z")


def serial() -> fields.String:
    """The serial of a card: its office and six digits."""
    return fields.String(required=True, validate=validate.Regexp(rf"^{SERIAL}\Z"))


def serials() -> fields.List[str]:
    return fields.List(serial(), required=True, validate=validate.Length(1, MAX_AT_ONCE))


class PrintCards(Schema):
    """``count`` cards or slips are printed for this office under its next serials. → the batch, with ``first`` and ``last``.

    ``contact`` and ``phone`` stand on them, beside a code that leads to the policy's ``card_url`` with the serial.
    """

    kind = fields.String(load_default=CardKind.CARD.value, validate=one_of(CardKind))
    count = fields.Integer(required=True, strict=True, validate=validate.Range(1, MAX_BATCH))
    contact = words(60)
    phone = fields.String(required=True, validate=PHONE)
    campaign = campaign_id()


class IssueCards(Schema):
    """Cards are given out at one ``place``, no name needed. → ``{serials}``. A serial is given out once.

    ``campaign`` is left out where it is that of the batch.
    """

    serials = serials()
    to = fields.String(required=True, validate=one_of(GivenTo))
    place = words(MAX_PLACE)
    at = past_moment()
    campaign = campaign_id()


class BindSlip(Schema):
    """A slip that was handed out without a network belongs to this report, entered since. → the slip.

    ``handed_at`` is when it was handed out: the report has to be entered with that day as its true date.
    """

    serial = serial()
    case = case_id()
    handed_at = moment_required()
    to = fields.String(load_default=GivenTo.HOUSEHOLD.value, validate=one_of(GivenTo))
    place = words(MAX_PLACE)


class VoidCards(Schema):
    """Cards were lost or spoilt, before or after they were given out. → ``{serials}``."""

    serials = serials()
    reason = words(200)


class Card(Schema):
    """What is known of a serial of this office. → ``{serial, kind, state, contact, phone, url, …, demands}``."""

    serial = serial()


class CardBatches(NumberedPage):
    """Batches of this office, the latest first. → ``{batches: [{…, printed, issued, void}], next}``."""


COMMANDS: dict[str, type[Schema]] = {
    "print_cards": PrintCards,
    "issue_cards": IssueCards,
    "bind_slip": BindSlip,
    "void_cards": VoidCards,
}
QUERIES: dict[str, type[Schema]] = {"card": Card, "card_batches": CardBatches}
