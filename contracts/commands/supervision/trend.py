"""Hot and hard matters by class, place and month (S4)."""

from marshmallow import Schema

from contracts.commands.figures import Figures


class Trend(Figures):
    """→ ``{rows: [{class, town, month, received, hot, hard, open, change}], growing: [{class, town, until}]}``."""


QUERIES: dict[str, type[Schema]] = {"trend": Trend}
