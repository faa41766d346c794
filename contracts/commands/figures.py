"""The two queries by which every service gives its figures and exports its ledgers."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.events.activities import campaign_id

MAX_ROWS = 1000
MAX_DAYS = 366


class Figures(Schema):
    """Figures of the days ``since`` to ``until``, both counted. → ``{figures: [{name, zh, value, base}]}``.

    ``campaign`` and ``office`` (that office and all below it) cut every figure.
    """

    since = fields.Date(required=True, format="iso")
    until = fields.Date(required=True, format="iso")
    campaign = campaign_id()
    office = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-z]{6,16})?\Z"))

    @validates_schema(skip_on_field_errors=True)
    def _in_order(self, data: Mapping[str, Any], **_: Any) -> None:
        if data["until"] < data["since"]:
            raise ValidationError("止于不能早于起于", "until")
        if (data["until"] - data["since"]).days >= MAX_DAYS:
            raise ValidationError(f"一次最多{MAX_DAYS}天", "until")


class Export(Figures):
    """A page of a ledger (台账). → ``{ledger, zh, columns: [[key, zh]], rows: [[…]], next}``; ``next`` is null at the end."""

    ledger = fields.String(required=True, validate=validate.Regexp(r"^[a-z_]{2,30}\Z"))
    after = fields.Integer(load_default=0, strict=True, validate=validate.Range(min=0, max=1_000_000))
    limit = fields.Integer(load_default=200, strict=True, validate=validate.Range(min=1, max=MAX_ROWS))


QUERIES: dict[str, type[Schema]] = {"figures": Figures, "export": Export}
