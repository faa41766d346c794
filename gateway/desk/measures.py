"""Routes of the discipline desk's petition supervision: what was said is sealed and opened here, and early warnings are
asked for with the unlocked key, by which alone it is known whom a mark stands for."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from contracts.calendar import local_day
from contracts.commands.assignment.discipline import MAX_GROUPS
from contracts.commands.supervision import measures as asked
from contracts.officials import Official
from gateway.desk import schemas
from gateway.desk.acts import blueprint
from gateway.desk.asking import command, desk, query, session
from gateway.desk.matching import marks
from gateway.desk.opening import opened_by, own_desk, own_key
from gateway.problems import Problem
from network.clock import now
from network.sealing import seal

Group = tuple[dict[str, Any], list[str]]
BOUND = ("measure", "given", "sealed")


class CarriedOut(asked.CarryOutMeasure, asked.MeasureTexts):
    """A measure was carried out; ``texts`` is what was said, sealed here before anything is sent."""


class Result(asked.RecordResult, asked.MeasureTexts):
    """The result of a measure; ``texts`` says what was corrected, sealed here before anything is sent."""


@blueprint.post("/measures/<measure>/carry_out")
@blueprint.arguments(schemas.body_of(CarriedOut, "CarryOutMeasureBody", BOUND))
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def carry_out_measure(given: Mapping[str, Any], key: Mapping[str, Any], measure: str) -> ResponseReturnValue:
    """A measure was carried out, with its record."""
    data = {**_plain(given), **_sealed(measure, given["texts"]), "given": sorted(given["texts"])}
    return jsonify(command("supervision", "carry_out_measure", data, given["command_id"] or key["key"]))


@blueprint.post("/measures/<measure>/result")
@blueprint.arguments(schemas.body_of(Result, "RecordResultBody", BOUND))
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def record_result(given: Mapping[str, Any], key: Mapping[str, Any], measure: str) -> ResponseReturnValue:
    """What came of a measure."""
    if not given["texts"]:
        raise ValidationError({"texts": ["须写明整改情况"]})
    data = {**_plain(given), **_sealed(measure, given["texts"])}
    return jsonify(command("supervision", "record_result", data, given["command_id"] or key["key"]))


@blueprint.post("/measures/<measure>/open")
@blueprint.arguments(schemas.OpenCase)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def open_measure(given: Mapping[str, Any], key: Mapping[str, Any], measure: str) -> ResponseReturnValue:
    """What was said in a measure and what was corrected; who, when and why is journalled."""
    own, data = own_key(), {"measure": measure, "reason": given["reason"]}
    found = command("supervision", "open_measure", data, given["command_id"] or key["key"])
    texts = {name: opened_by(found[name], own) for name in ("sealed", "result")}
    return jsonify({"measure": measure, "record": texts["sealed"], "result": texts["result"]})


@blueprint.get("/early-warnings")
@blueprint.response(200)
def early_warnings() -> ResponseReturnValue:
    """Officials and offices about whom several slight reports came within the policy's days; a person decides what to do."""
    own, today = bytes(own_key()), local_day(now())
    register = desk().registers.of(session().actor.office, lambda page: query("assignment", "officials", page))
    groups = _groups(register, own, today)
    found = (
        query("assignment", "early_warnings", {"groups": [group[1] for group in groups]})
        if groups
        else {"warnings": []}
    )
    return jsonify({"warnings": [{**each, **groups[each.pop("group")][0]} for each in found["warnings"]]})


def _groups(register: Sequence[Official], key: bytes, today: date) -> list[Group]:
    """Whom it stands for, and marks, for each official, and for each office where several work now. Raises Problem."""
    ids = [each.id for each in register]
    made = dict(zip(ids, marks(key, ids), strict=True))
    groups: list[Group] = [({"official": each.id, "name": each.name}, [made[each.id]]) for each in register]
    offices: dict[str, list[str]] = {}
    for each in register:
        for office in {post.office for post in each.posts if post.until is None or post.until >= today}:
            offices.setdefault(office, []).append(made[each.id])
    name_of = desk().tree.name_of
    groups += [({"office": unit, "name": name_of(unit)}, own) for unit, own in offices.items() if len(own) > 1]
    if len(groups) > MAX_GROUPS:
        raise Problem(409, "too_many", "名册过大,不能一次核对 (the register is too large)")
    return groups


def _plain(given: Mapping[str, Any]) -> dict[str, Any]:
    """The body as the service loads it: days as they were sent, without what is sealed."""
    plain = {name: value for name, value in given.items() if name not in ("texts", "command_id")}
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in plain.items()}


def _sealed(measure: str, texts: Mapping[str, str]) -> dict[str, Any]:
    """The measure with its texts, sealed to the own desk for the measure's case; null where there are none."""
    if not texts:
        return {"measure": measure, "sealed": None}
    own, case = own_desk(), _case_of(measure)
    return {
        "measure": measure,
        "sealed": seal(dict(texts), case, {own: desk().keyring.public(own.office, own.desk)}).to_dict(),
    }


def _case_of(measure: str) -> str:
    known = query("supervision", "measures", {"measure": measure})["measures"]
    if not known:
        raise Problem(404, "not_found")
    return str(known[0]["case"])
