"""Promises on their way to the own supervision, where they fall due as anything else that is owed."""

from marshmallow import Schema, fields, validate

from contracts.events.parts import moment_required
from contracts.letters import CASE_ID


class PromiseMade(Schema):
    """intake → own supervision: something is owed by a day (K26); the letter's case is the petition's, or ""."""

    promise = fields.String(required=True, validate=CASE_ID)
    number = fields.String(required=True, validate=validate.Length(min=1, max=40))
    by = fields.String(required=True, validate=validate.Length(max=20))
    what = fields.String(required=True, validate=validate.Length(min=1, max=500))
    due = moment_required()


class PromiseKept(Schema):
    """intake → own supervision: the person confirmed it."""

    promise = fields.String(required=True, validate=CASE_ID)
    words = fields.String(load_default="", validate=validate.Length(max=500))


EVENTS: dict[str, type[Schema]] = {"promise_made": PromiseMade, "promise_kept": PromiseKept}
