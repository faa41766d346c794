"""People and offices that go: what they had in hand, and the keys they knew. Commands and queries."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from contracts.commands.assignment.responsibility import PERSON_OR_NONE, document_no
from contracts.commands.parts import Nothing, Page, case_id, office_id, words
from contracts.letters import CASE_ID
from contracts.officials import OFFICIAL_ID

BATCH = 100


class HandOverPerson(Schema):
    """Somebody leaves the office or his post: a leader of his desk hands over what he had in hand to ``successor``.

    Open cases that he handles and his places in teams, here; bookings, duties, orders and seats by the other services.
    A case from which the successor is recused stays with him and is listed: it must get another. May be said again.
    → ``{leaving, moved: [case], left: [{case, number, code, message}], teams, key_task}``.
    """

    person = fields.String(load_default="", validate=PERSON_OR_NONE)
    account = fields.String(load_default="", validate=validate.Length(max=60))
    successor = fields.String(required=True, validate=OFFICIAL_ID)
    day = fields.Date(required=True, format="iso")
    reason = words()

    @validates_schema(skip_on_field_errors=True)
    def _names_somebody(self, data: Mapping[str, Any], **_: Any) -> None:
        if not (data["person"] or data["account"].strip()):
            raise ValidationError("请填写人员编号或者账号 (person or account)", "person")
        if data["successor"] in (data["person"], data["account"]):
            raise ValidationError("接手人不能是本人", "successor")


class KeyRotated(Schema):
    """The keys of the desk were rotated on ``day``: a task of the list is done. An act of a leader of the desk."""

    task = fields.String(required=True, validate=CASE_ID)
    day = fields.Date(required=True, format="iso")


class SucceedOffice(Schema):
    """An office below was merged into ``successor`` or left the network: a leader moves its open petitions, by the batch.

    ``successor`` is an office of the network, or a body outside: then ``document_no`` is the paper they go with. The
    district file says that the office ended (``valid_to``) and who follows. Said again until ``left`` is 0: the office hands
    up what it holds, batch by batch. With ``silent`` its machine is gone: what is known here is taken from it by override.
    → ``{office, successor, taken, offered, outside, listed: [{case, number, why}], waiting, left, files, known_below}``.
    """

    office = office_id()
    successor = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-z-]{2,40}\Z"))
    document_no = document_no(required=False)
    reason = words()
    silent = fields.Boolean(load_default=False)
    limit = fields.Integer(load_default=BATCH, strict=True, validate=validate.Range(1, BATCH))


class OldFiles(Page):
    """Petitions that offices which are no more left behind, by number. → ``{files, next}``."""

    office = fields.String(load_default="", validate=validate.Regexp(r"^([0-9a-z]{6,16})?\Z"))


class OldFile(Schema):
    """One of them, whole."""

    case = case_id()


COMMANDS: dict[str, type[Schema]] = {
    "hand_over_person": HandOverPerson,
    "key_rotated": KeyRotated,
    "succeed_office": SucceedOffice,
}


# of the actor's desk: leavers → {leavers: [{…, behind: [case]}]}; key_tasks → {tasks}; successions → {successions}.
QUERIES: dict[str, type[Schema]] = {
    "leavers": Nothing,
    "key_tasks": Nothing,
    "successions": Nothing,
    "old_files": OldFiles,
    "old_file": OldFile,
}
