"""Routes of corrections, and of petitions that turn out to accuse somebody: what is not for all eyes is sealed here."""

import secrets
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields, validate

from contracts.accused import AccusedSchema
from contracts.events import one_of
from contracts.telling import DISCIPLINE_CATEGORY
from contracts.words import Correction
from contracts.words import Desk as DeskWord
from gateway.desk import schemas
from gateway.desk.acts import blueprint
from gateway.desk.asking import command, desk, part_of, session
from gateway.desk.opening import journalled, opened_by, own_desk, own_key
from gateway.reports import MAX_ACCUSED, Report, said, seal_whole
from network.sealing import seal


class CorrectBody(Schema):
    """Correct something of a case. ``to``: the new category, place or nature; ``name`` with ``phone`` and ``address``:
    who reported; ``accused``: who is meant. At a discipline desk all but the nature is sealed before it leaves here.
    """

    what = fields.String(required=True, validate=one_of(Correction))
    to = said(200, required=False)
    name = said(60, required=False)
    phone = said(40, required=False)
    address = said(200, required=False)
    accused = fields.List(fields.Nested(AccusedSchema), load_default=list, validate=validate.Length(max=MAX_ACCUSED))
    reason = said(2000)
    command_id = schemas.command_id()


class ToDisciplineBody(Schema):
    """A petition accuses somebody: it goes, sealed, to the district's discipline desk, and nothing of it stays here."""

    command_id = schemas.command_id()


@blueprint.post("/cases/<case>/correct")
@blueprint.arguments(CorrectBody)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def correct(given: Mapping[str, Any], key: Mapping[str, Any], case: str) -> ResponseReturnValue:
    """Correct something of a case: the new stands, the old stays beside it with the reason."""
    command_id = given["command_id"] or key["key"] or secrets.token_hex(16)
    plain = {"case": case, "what": given["what"], "reason": given["reason"]}
    return jsonify(command("assignment", "correct", {**plain, **_corrected(case, given, command_id)}, command_id))


def _corrected(case: str, given: Mapping[str, Any], command_id: str) -> dict[str, Any]:
    """What the service is told: in the clear, or sealed to the case's own desk."""
    if given["what"] == Correction.NATURE:
        return {"to": given["to"]}
    if session().actor.desk == DeskWord.DISCIPLINE:
        names = ("what", "to", "name", "phone", "address")
        content = {"correction": {name: given[name] for name in names if given[name]}}
        content["correction"]["accused"] = [asdict(each) for each in given["accused"]]
        offices = sorted({each.office for each in given["accused"] if each.office})
        return {"sealed": _sealed(case, content), "accused_offices": offices}
    if given["what"] == Correction.NAME:
        return _renamed(case, given, command_id)
    return {"to": given["to"]}


def _renamed(case: str, given: Mapping[str, Any], command_id: str) -> dict[str, Any]:
    """Who reported a petition, with what is given in the place of what was wrong."""
    found = journalled(case, "更正信访人信息", part_of(command_id, "open"))
    names = ("name", "phone", "address")
    known = opened_by(found["reporter"], own_key()) or dict.fromkeys(names, "")
    now = {**known, **{name: given[name] for name in names if given[name]}}
    reachable = bool(now.get("phone") or now.get("address"))
    return {"sealed": _sealed(case, now), "contactable": reachable}


def _sealed(case: str, content: Mapping[str, Any]) -> dict[str, Any]:
    own = own_desk()
    return seal(content, case, {own: desk().keyring.public(own.office, own.desk)}).to_dict()


@blueprint.post("/cases/<case>/to_discipline")
@blueprint.arguments(ToDisciplineBody)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def to_discipline(given: Mapping[str, Any], key: Mapping[str, Any], case: str) -> ResponseReturnValue:
    """Seal a petition that accuses somebody for the district's discipline desk; only a custody line stays here."""
    command_id = given["command_id"] or key["key"] or secrets.token_hex(16)
    found = journalled(case, "转纪检窗口", part_of(command_id, "open"))
    as_case = part_of(command_id, "as_case")
    whole = Report(
        text=_whole_text(found),
        place=found["place"],
        category=DISCIPLINE_CATEGORY,
        reporter=opened_by(found["reporter"], own_key()),
        head_count=found["head_count"],
    )
    sealed = seal_whole(whole, as_case, desk().tree, desk().keyring)
    data = {"case": case, "as_case": as_case, "sealed": sealed}
    command("assignment", "to_discipline", data, command_id)
    return jsonify({"case": case, "custody": True})


def _whole_text(found: Mapping[str, Any]) -> str:
    """The petition with what was added to it since."""
    added = [f"补充材料({each['at']}):{each['text']}" for each in found["supplements"] if each.get("text")]
    return "\n\n".join([found["text"] or "", *added])
