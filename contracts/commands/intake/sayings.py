"""What a reporter says by receipt: withdrawal, performance, retaliation, objection to a person. Commands and queries."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.commands.parts import envelope, receipt_hash
from contracts.events import MAX_TEXT
from contracts.events.sayings import MAX_PERSON, TRAVELLING
from contracts.words import SaidWhat


class Say(Schema):
    """A clerk enters what a reporter says who shows the receipt. → ``{case, saying}``.

    ``what``: withdraw, performed, not_performed or objection (which names its ``person``); retaliation is registered as
    a sealed report of its own. At the discipline desk the words are ``sealed``, never ``text``.
    """

    receipt_hash = receipt_hash()
    what = fields.String(required=True, validate=validate.OneOf(TRAVELLING))
    text = fields.String(load_default=None, allow_none=True, validate=validate.Length(max=MAX_TEXT))
    sealed = envelope(required=False)
    person = fields.String(load_default="", validate=validate.Length(max=MAX_PERSON))

    @validates_schema
    def _names_the_person(self, data: Mapping[str, Any], **_: Any) -> None:
        if (data["what"] == SaidWhat.OBJECTION) != bool(data["person"].strip()):
            raise ValidationError("申请回避须写明申请何人回避 (whom the objection is against)", "person")


COMMANDS: dict[str, type[Schema]] = {"say": Say}
QUERIES: dict[str, type[Schema]] = {}
