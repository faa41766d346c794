"""Field visits, performance, resolution, reopening, and the closed file. Commands and queries.

Every command answers with the case as the commands of ``casework`` do, the two of the file with the file.
"""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import Page, case_id, past_moment, words
from contracts.events import one_of
from contracts.words import Desk, Proof

TOLD_HOW = ("in_person", "phone", "letter")  # 当面 电话 来信


class RecordVisit(Schema):
    """Somebody went there and looked (实地走访): who, when, where, and what was found."""

    case = case_id()
    at = past_moment()
    who = words(200)
    place = words(200)
    found = words(5000)


class Perform(Schema):
    """The holder did what an opinion or a settlement promised; the clock K26 runs until that is confirmed."""

    case = case_id()
    what = words()


class Resolve(Schema):
    """Resolved (化解), by a proof: "ninety_days" is decided here, "call_back" asks an office above to call the reporter.

    "receipt" is for the reporter alone to say.
    """

    case = case_id()
    proof = fields.String(required=True, validate=one_of(Proof))


class RequestWithdrawal(Schema):
    """The reporter said elsewhere than by receipt that he withdraws: an office above asks him before it counts (撤回)."""

    case = case_id()
    how = fields.String(required=True, validate=validate.OneOf(TOLD_HOW))
    words = words()


class Reopen(Schema):
    """A leader opens a concluded case again, here or by an order to the holder below; the reason stays here."""

    case = case_id()
    reason = words()


class CloseFile(Schema):
    """Close the file of a case that is over (归档). → ``{case, round, retention, keep_until, catalogue, state, …}``."""

    case = case_id()
    retention = fields.String(required=True, validate=validate.Length(min=1, max=24))


class DisposeFile(Schema):
    """A leader who did not close the file deletes its content when its time is over (销毁); the catalogue stays."""

    case = case_id()
    reason = words()


class Outcomes(Schema):
    """What became of the cases held here, each figure with numerator and denominator.

    → ``{received, concluded, resolved, performed_unconfirmed, promised, disputed: {numerator, denominator}, by_proof}``.
    """

    desk = fields.String(required=True, validate=one_of(Desk))


class Files(Page):
    """The closed files of a desk, the latest case first. → ``{files: […], next}``."""

    desk = fields.String(required=True, validate=one_of(Desk))


COMMANDS: dict[str, type[Schema]] = {
    "record_visit": RecordVisit,
    "perform": Perform,
    "resolve": Resolve,
    "request_withdrawal": RequestWithdrawal,
    "reopen": Reopen,
    "close_file": CloseFile,
    "dispose_file": DisposeFile,
}
QUERIES: dict[str, type[Schema]] = {
    "outcomes": Outcomes,
    "files": Files,
}
