"""The promise book (承诺): what was promised at a reception, on a visit or in an instruction, and whether it was kept."""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import Page, words
from contracts.events.activities import campaign_id
from contracts.events.parts import one_of
from contracts.letters import CASE_ID
from contracts.promises import PromiseSource, PromiseState, ToldHow

BY = validate.Regexp(r"^[0-9A-Za-z-]{1,20}\Z")


class MakePromise(Schema):
    """An official promised something by a day. → the promise.

    ``by`` is the official's id, ``name`` as people read it; ``what`` is promised, without to whom. ``source``
    says where, ``source_id`` which reception or visit; ``case`` the petition it is about, if any.
    """

    source = fields.String(required=True, validate=one_of(PromiseSource))
    source_id = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-f]{32})?\Z"))
    case = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-f]{32})?\Z"))
    by = fields.String(required=True, validate=BY)
    name = words(60)
    what = words(500)
    due = fields.Date(required=True, format="iso")
    campaign = campaign_id()


class PerformPromise(Schema):
    """It was done; it counts as kept when the person says so. → the promise."""

    promise = fields.String(required=True, validate=CASE_ID)
    words = words(500)


class ConfirmPromise(Schema):
    """What the person said of it: kept or not, and how that was heard. → the promise.

    Entered by somebody else than who promised; a promise that was said to be broken stays due, and may be kept later.
    """

    promise = fields.String(required=True, validate=CASE_ID)
    kept = fields.Boolean(required=True)
    how = fields.String(required=True, validate=one_of(ToldHow))
    words = fields.String(load_default="", validate=validate.Length(max=500))


class Promises(Page):
    """The promise book, what is due first; of one ``state``, one official (``by``) or one case; ``late`` past their day."""

    state = fields.String(load_default="", validate=validate.OneOf(["", *(state.value for state in PromiseState)]))
    by = fields.String(load_default="", validate=validate.Regexp(r"^[0-9A-Za-z-]{0,20}\Z"))
    case = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-f]{32})?\Z"))
    late = fields.Boolean(load_default=False)


COMMANDS: dict[str, type[Schema]] = {
    "make_promise": MakePromise,
    "perform_promise": PerformPromise,
    "confirm_promise": ConfirmPromise,
}
QUERIES: dict[str, type[Schema]] = {"promises": Promises}
