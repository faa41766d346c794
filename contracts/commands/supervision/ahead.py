"""What will be late in the next days, whose it is, and what lies behind the cases of several villages. A query."""

from marshmallow import Schema, fields, validate

MOST_DAYS = 60


class NextDays(Schema):
    """→ ``{days, until, late: […], by_office: […], causes: […]}`` of the actor's desk, here and below.

    ``late``: each clock, demand and return that runs out within ``days`` (null: the policy's ``look_ahead_days``) and is not
    done: what, of which case, when due, which office answers, and which officials of it. ``causes``: classes and
    departments in charge behind open petitions of several villages.
    """

    days = fields.Integer(load_default=None, allow_none=True, strict=True, validate=validate.Range(1, MOST_DAYS))


QUERIES: dict[str, type[Schema]] = {"next_days": NextDays}
