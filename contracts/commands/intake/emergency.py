"""Emergencies (K14): the duty chain, called until one answers. Commands and queries."""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import Nothing, Page, case_id, words
from contracts.events.emergency import MAX_WHAT
from contracts.letters import OFFICE_ID

MAX_CHAIN = 20


class Person(Schema):
    """Somebody on duty, and the telephone to call."""

    name = words(60)
    phone = fields.String(required=True, validate=validate.Regexp(r"^[0-9 +()-]{3,30}\Z"))


class SetDutyChain(Schema):
    """Who of this office is called, in this order (值班链); a leader's act. → ``{persons}``."""

    persons = fields.List(fields.Nested(Person), required=True, validate=validate.Length(1, MAX_CHAIN))


class RaiseEmergency(Schema):
    """Somebody is in danger (紧急情况, XF22 art. 25). → the emergency, with who is to be called first.

    Told at once to every office above but those ``excluded``, whose telephones are not in the chain either.
    """

    case = case_id()
    what = words(MAX_WHAT)
    excluded = fields.List(fields.String(validate=OFFICE_ID), load_default=list)


class RecordCall(Schema):
    """A call made down the chain, in its order; the first that is answered stops K14. → the emergency."""

    case = case_id()
    who = words(60)
    answered = fields.Boolean(required=True)
    note = fields.String(load_default="", validate=validate.Length(max=500))


class ClearEmergency(Schema):
    """It is over: the help signal ends and its text goes; no mark stays on anybody. → the emergency."""

    case = case_id()
    what = words(MAX_WHAT)


class Emergencies(Page):
    """Emergencies of this office and below, open ones first, each half by time, newest first.

    → ``{emergencies: [{emergency, case, number, office, name, at, due, what, state, phone, calls, next}], next}``.
    """


COMMANDS: dict[str, type[Schema]] = {
    "set_duty_chain": SetDutyChain,
    "raise_emergency": RaiseEmergency,
    "record_call": RecordCall,
    "clear_emergency": ClearEmergency,
}
QUERIES: dict[str, type[Schema]] = {"emergencies": Emergencies, "duty_chain": Nothing}
