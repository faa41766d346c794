"""The district's eight discipline rules, and what a person decides by them (S38–S41). Commands and queries.

Nothing here follows by itself: an organ decides, a named leader writes down what it decided and why.
"""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import case_id, office_id, words
from contracts.letters import CASE_ID

MAX_NAME = 60
MAX_ORGAN = 100
MAX_EVIDENCE = 500
STATES = ("proposed", "decided", "refused", "ended")


def _name(maximum: int) -> fields.String:
    return words(maximum)


class DecideSuspension(Schema):
    """What the organ in charge decided of a proposal to suspend (停职处理建议): ``since`` only where it suspends.

    ``person`` is the official's id where he is registered, else the name.
    """

    suspension = case_id()
    suspends = fields.Boolean(required=True)
    person = _name(MAX_NAME)
    organ = _name(MAX_ORGAN)
    document = _name(MAX_ORGAN)
    since = fields.Date(load_default=None, allow_none=True)
    grounds = words()


class EndSuspension(Schema):
    """The suspension is over: on which day, and what came of it."""

    suspension = case_id()
    until = fields.Date(required=True)
    result = words()


class RecordRemoval(Schema):
    """An organ removed the person responsible of a unit on the spot (就地免职, S41): what it found, in which cases."""

    unit = office_id()
    person = _name(MAX_NAME)
    facts = words()
    cases = fields.List(
        fields.String(validate=CASE_ID), required=True, validate=validate.Length(min=1, max=MAX_EVIDENCE)
    )
    organ = _name(MAX_ORGAN)
    document = _name(MAX_ORGAN)
    decided_on = fields.Date(required=True)


class DisciplineRules(Schema):
    """→ ``{version, rules: [{number, text, trigger}]}``: the eight slots, empty where the district has set no text."""


class Suspensions(Schema):
    """Proposals to suspend and what became of them, the latest first; "" for every state."""

    state = fields.String(load_default="", validate=validate.OneOf(["", *STATES]))


class Removals(Schema):
    """Removals on the spot with the cases that show why, the latest first."""


class WatchList(Schema):
    """→ ``{until, units: [{unit, name, counts: [{month, cases}], evidence: [{case, number}]}]}``.

    Towns whose cases grew three months running (S41). It proposes nothing and scores nobody. ``until`` is the last month
    looked at, "" the last whole one.
    """

    until = fields.String(load_default="", validate=validate.Regexp(r"^(20[0-9]{2}-(0[1-9]|1[0-2]))?\Z"))


COMMANDS: dict[str, type[Schema]] = {
    "decide_suspension": DecideSuspension,
    "end_suspension": EndSuspension,
    "record_removal": RecordRemoval,
}
QUERIES: dict[str, type[Schema]] = {
    "discipline_rules": DisciplineRules,
    "suspensions": Suspensions,
    "removals": Removals,
    "watch_list": WatchList,
}
