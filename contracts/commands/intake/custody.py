"""Custody lines of reports that belong elsewhere, and that they were sent up in time (K19). Commands and queries."""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import Nothing, case_id, past_moment, words


class SendUp(Schema):
    """A letter that belongs above was sent there unopened (JK art. 15). → ``{number, sent_at}``.

    ``way`` is how it went, ``document_no`` the number it went under. The head of the discipline desk records it, once.
    """

    case = case_id()
    way = words(60)
    document_no = fields.String(load_default="", validate=validate.Length(max=60))
    at = past_moment()


# custody → {lines: [{number, case, day, due, late, recipient, sent_at, way, document_no}]}, for the head of the
# discipline desk; where there is none, what has to be sent up, for the petition desk's role head. case is "" and
# number "" and due null for what went sealed through the network, which needs no sending.
COMMANDS: dict[str, type[Schema]] = {"send_up": SendUp}
QUERIES: dict[str, type[Schema]] = {"custody": Nothing}
