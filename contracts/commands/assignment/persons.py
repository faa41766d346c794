"""The recusal of persons, and what reporters object to them. Commands and queries."""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import MAX_NOTE, OfDesk, case_id, words
from contracts.letters import CASE_ID
from contracts.words import Ground

GROUNDS = tuple(
    ground.value for ground in (Ground.ACCUSED, Ground.RELATED, Ground.WITNESS, Ground.INTEREST, Ground.OTHER)
)


def _person(required: bool = True) -> fields.String:
    """An official's id; "" where it may be unknown."""
    if required:
        return fields.String(required=True, validate=validate.Regexp(r"^[0-9A-Za-z-]{1,20}\Z"))
    return fields.String(load_default="", validate=validate.Regexp(r"^[0-9A-Za-z-]{0,20}\Z"))


class RecusePerson(Schema):
    """Recusal of a person (回避, 监察法 art. 67; XF22 art. 28): a leader's act, or anybody's for himself.

    From this commit the case does not exist for the person, in whichever role; its clocks go on. ``person`` is an
    official's id, as accounts and the register of officials have it. Refused ``not_superior``: his post is neither at
    this office nor below; then the case is handed up, as only his own office or one above recuses him.
    """

    case = case_id()
    person = _person()
    ground = fields.String(required=True, validate=validate.OneOf(GROUNDS))
    reason = words()


class Objection(Schema):
    """The reporter objects to a person (申请回避), entered by a clerk: by official's id, or ``named`` in words.

    → the case with ``objection``, the id by which a leader decides it.
    """

    case = case_id()
    person = _person(required=False)
    named = fields.String(load_default="", validate=validate.Length(max=60))
    reason = words()


class DecideObjection(Schema):
    """A leader decides on an objection; to grant it recuses the person.

    ``person`` says who is meant, and is needed where the objection only had a name. Never the act of who is objected to.
    """

    case = case_id()
    objection = fields.String(required=True, validate=CASE_ID)
    grant = fields.Boolean(required=True)
    person = _person(required=False)
    ground = fields.String(load_default=Ground.OTHER.value, validate=validate.OneOf(GROUNDS))
    reason = words(MAX_NOTE)


class Objections(Schema):
    """The objections of a case. → ``{objections: [{id, at, state, named, reason, why, sealed}]}``, words for leaders only."""

    case = case_id()


COMMANDS: dict[str, type[Schema]] = {
    "recuse_person": RecusePerson,
    "objection": Objection,
    "decide_objection": DecideObjection,
}

# recusals → {desk, offices, persons, by_ground, cross_handled} (S68): what this office decided; counts, no case.
QUERIES: dict[str, type[Schema]] = {
    "recusals": OfDesk,
    "objections": Objections,
}
