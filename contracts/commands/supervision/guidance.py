"""Guiding supervision (指导督办, S75): why a case was chosen, who takes part, opinions, joint steps. Commands and queries."""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import case_id, last_day, words
from contracts.commands.supervision.attention import ORDER_ID
from contracts.events.guidance import MAX_BY, MAX_PERSONS, PERSON


class ChooseGuidance(Schema):
    """Of a guidance order that was given here: why this case, and which officials of this office take part."""

    order = fields.String(required=True, validate=ORDER_ID)
    why = words()
    persons = fields.List(
        fields.String(validate=PERSON), required=True, validate=validate.Length(min=1, max=MAX_PERSONS)
    )


class AdviseGuidance(Schema):
    """An opinion on how the holder should go about it."""

    order = fields.String(required=True, validate=ORDER_ID)
    opinion = words()


class SetJointStep(Schema):
    """A step that both take together: what, by whom, by which day."""

    order = fields.String(required=True, validate=ORDER_ID)
    what = words()
    by = words(MAX_BY)
    due = last_day()


class FinishJointStep(Schema):
    """A joint step is done, said by the one or the other office; what came of it."""

    step = case_id()
    result = words()


class Guidance(Schema):
    """→ ``{entries}`` of a case: choice, opinions and joint steps in their order, for who gave the order and who received it."""

    case = case_id()


COMMANDS: dict[str, type[Schema]] = {
    "choose_guidance": ChooseGuidance,
    "advise_guidance": AdviseGuidance,
    "set_joint_step": SetJointStep,
    "finish_joint_step": FinishJointStep,
}
QUERIES: dict[str, type[Schema]] = {"guidance": Guidance}
