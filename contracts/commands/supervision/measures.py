"""Measures of petition supervision (信访监督, S80–S87): commands and queries of the discipline desk alone.

proposed → approved → carried → result → fed_back → rechecked → filed; or refused at the approval. Every command answers with
the measure. What was said in a talk or meeting comes sealed to the desk: the desk's program seals ``texts`` (``TEXTS``).
"""

from marshmallow import Schema, fields, validate

from contracts.commands.parts import MAX_NOTE, case_id, envelope, office_id, words
from contracts.letters import CASE_ID

KIND = validate.Regexp(r"^[a-z_]{2,30}\Z")
STATES = ("proposed", "refused", "approved", "carried", "result", "fed_back", "rechecked", "filed")
AUDIENCES = ("single", "group")  # 个别 集体
ASKS = ("explain", "rectify", "investigate")  # 说明 整改 调查
TEXTS = {
    "talk": ("statement", "promise"),  # 本人说明 承诺
    "warning": ("content", "result"),  # 内容 效果
    "meeting": ("attendees", "self_criticism", "criticism", "explanation", "rectification"),
    "notice": (),
    "other": ("content",),
}
"""The texts that the record of each form must bear, in the envelope."""
MAX_RECORD = 20_000


def measure_id() -> fields.String:
    return fields.String(required=True, validate=CASE_ID)


def _name(maximum: int = 60) -> fields.String:
    return fields.String(load_default="", validate=validate.Length(max=maximum))


class ProposeMeasure(Schema):
    """Propose a measure in a report that a head disposed of so. ``points`` are chosen from the policy's neutral words.

    ``to`` is the office whose person or group it is for. Texts and names of the accused have no place here.
    """

    case = case_id()
    kind = fields.String(required=True, validate=KIND)
    to = office_id()
    points = fields.List(
        fields.String(validate=validate.Length(max=200)), load_default=list, validate=validate.Length(max=10)
    )
    why = words()


class ApproveMeasure(Schema):
    """A leader of the desk, not who proposed it, approves the measure or refuses it; K23 runs from the approval of a talk."""

    measure = measure_id()
    approved = fields.Boolean(required=True)
    why = words()


class CarryOutMeasure(Schema):
    """It was carried out on the day ``on``, with the record of its form.

    talk: ``place``, ``talker``, ``second`` present, ``recorder``, ``signed``. warning: ``way``, ``audience``. meeting: the
    report is due within the policy's days. notice: ``number``, ``asks``, ``person`` where it is for one; K22 runs from here.
    ``given`` names the texts that ``sealed`` has.
    """

    measure = measure_id()
    on = fields.Date(required=True, format="iso")
    place = _name(200)
    talker = _name()
    second = _name()
    recorder = _name()
    signed = fields.Boolean(load_default=None, allow_none=True)
    way = _name(200)
    audience = fields.String(load_default="", validate=validate.OneOf(["", *AUDIENCES]))
    number = _name(40)
    asks = fields.String(load_default="", validate=validate.OneOf(["", *ASKS]))
    person = fields.String(load_default="", validate=validate.Regexp(r"^[0-9A-Za-z-]{0,20}\Z"))
    given = fields.List(fields.String(validate=KIND), load_default=list, validate=validate.Length(max=10))
    sealed = envelope(required=False)
    why = fields.String(load_default="", validate=validate.Length(max=MAX_NOTE))


class RecordResult(Schema):
    """What came of it (S86): corrected or not, and the day of the recheck; what was corrected stands in ``sealed``."""

    measure = measure_id()
    corrected = fields.Boolean(required=True)
    recheck_on = fields.Date(required=True, format="iso")
    sealed = envelope()
    why = words()


class FeedBackMeasure(Schema):
    """The result was told to the party group or unit that supervises the person; ``why`` says to whom and how."""

    measure = measure_id()
    why = words()


class FileMeasure(Schema):
    """The papers of a measure that was rechecked go to the file (归档)."""

    measure = measure_id()
    why = words()


class RecheckMeasure(Schema):
    """The recheck, on its day or later: does the correction last?"""

    measure = measure_id()
    lasting = fields.Boolean(required=True)
    why = words()


class OpenMeasure(Schema):
    """The desk opens what is sealed of a measure; who and why is journalled. → with the envelopes."""

    measure = measure_id()
    reason = words(200)


class Measures(Schema):
    """One ``measure``, or those of a case, or all, the latest first; ``state`` "" for any. → ``{measures}``."""

    case = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-f]{32})?\Z"))
    measure = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-f]{32})?\Z"))
    state = fields.String(load_default="", validate=validate.OneOf(["", *STATES]))
    limit = fields.Integer(load_default=100, strict=True, validate=validate.Range(min=1, max=500))


class MeasureTexts(Schema):
    """What the desk's program seals of a record or a result."""

    texts = fields.Dict(
        fields.String(validate=KIND),
        fields.String(validate=[validate.Length(max=MAX_RECORD), validate.Regexp(r"(?s).*\S")]),
        load_default=dict,
        validate=validate.Length(max=10),
    )


COMMANDS: dict[str, type[Schema]] = {
    "propose_measure": ProposeMeasure,
    "approve_measure": ApproveMeasure,
    "carry_out_measure": CarryOutMeasure,
    "record_result": RecordResult,
    "feed_back_measure": FeedBackMeasure,
    "recheck_measure": RecheckMeasure,
    "file_measure": FileMeasure,
    "open_measure": OpenMeasure,
}
QUERIES: dict[str, type[Schema]] = {"measures": Measures}
