"""Routes of what comes in over the counter: reports, what reporters add by receipt, calls for help, custody."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue

from contracts.commands import intake
from gateway.desk import saying, schemas
from gateway.desk.acts import add_command, blueprint
from gateway.desk.asking import command, query
from gateway.desk.matching import decide_desk
from gateway.desk.registering import Taken, register, register_matters
from gateway.problems import Problem

# All of these below.
OWN_WAY = {"register", "register_sealed", "supplement", "rate", "say", "split", "raise_emergency", "log_call"}
ELSEWHERE = {"book", "open_booking", "record_reception"}  # gateway.desk.receiving


@blueprint.post("/reports")
@blueprint.arguments(schemas.Registration)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(201)
def register_report(given: tuple[Sequence[Taken], str | None], key: Mapping[str, Any]) -> ResponseReturnValue:
    """Register a report; the receipt is shown this once. What accuses somebody is sealed before it leaves this process.

    A letter with several matters is sent as ``{"matters": [report, …]}``: each is a case of its own, all of one receipt.
    """
    taken, command_id = given
    command_id = command_id or key["key"]
    answer = jsonify(register(taken[0], command_id) if len(taken) == 1 else register_matters(taken, command_id))
    answer.status_code = 201
    return answer


@blueprint.get("/receipts/<receipt>")
@blueprint.response(200)
def by_receipt(receipt: str) -> ResponseReturnValue:
    """Which reports of this desk a receipt stands for."""
    return jsonify(saying.shown(receipt))


@blueprint.post("/supplements")
@blueprint.arguments(schemas.ByReceipt)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def supplement(given: Mapping[str, Any], key: Mapping[str, Any]) -> ResponseReturnValue:
    """More material for a report registered here; at a discipline desk it is sealed before it leaves this process."""
    return jsonify(saying.supplement(given, given["command_id"] or key["key"]))


@blueprint.post("/ratings")
@blueprint.arguments(schemas.RatingByReceipt)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def rate(given: Mapping[str, Any], key: Mapping[str, Any]) -> ResponseReturnValue:
    """The reporter's rating, told at the desk."""
    return jsonify(saying.rate(given, given["command_id"] or key["key"]))


@blueprint.post("/sayings")
@blueprint.arguments(schemas.SayByReceipt)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def say(given: Mapping[str, Any], key: Mapping[str, Any]) -> ResponseReturnValue:
    """What a reporter says who shows the receipt: withdraw, performed, not_performed, objection, retaliation."""
    return jsonify(saying.say(given, given["command_id"] or key["key"]))


@blueprint.post("/intake/split")
@blueprint.arguments(schemas.SplitCase)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def split(given: Mapping[str, Any], key: Mapping[str, Any]) -> ResponseReturnValue:
    """Another matter that a petition names becomes a case of its own; one that may accuse somebody asks back first."""
    if not given["as_petition"]:
        decide_desk(given["text"])
    data = {name: given[name] for name in ("case", "category", "text", "place", "nature")}
    return jsonify(command("intake", "split", data, given["command_id"] or key["key"]))


@blueprint.post("/intake/log_call")
@blueprint.arguments(schemas.CallTaken)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def log_call(given: Mapping[str, Any], key: Mapping[str, Any]) -> ResponseReturnValue:
    """A call for the log (来电登记). A summary that may accuse somebody asks back first: that is a report, to be sealed."""
    if not given["as_petition"]:
        decide_desk(given["summary"])
    data = {name: value for name, value in given.items() if name not in ("command_id", "as_petition")}
    data["at"] = given["at"].isoformat() if given["at"] else None
    return jsonify(command("intake", "log_call", data, given["command_id"] or key["key"]))


@blueprint.post("/intake/raise_emergency")
@blueprint.arguments(schemas.body_of(intake.COMMANDS["raise_emergency"], "RaiseEmergencyBody", ("excluded",)))
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def raise_emergency(given: Mapping[str, Any], key: Mapping[str, Any]) -> ResponseReturnValue:
    """Somebody is in danger: told at once to every office above that is not recused in the case."""
    data = {"case": given["case"], "what": given["what"], "excluded": _excluded(given["case"])}
    return jsonify(command("intake", "raise_emergency", data, given["command_id"] or key["key"]))


def _excluded(case: str) -> list[str]:
    """The offices recused in the case; none are known of one that assignment has not heard of yet."""
    try:
        found = query("assignment", "get_case", {"case": case})["case"]
    except Problem as problem:
        if problem.status == HTTPStatus.NOT_FOUND:
            return []
        raise
    return list(found["excluded"])


for _name, _schema in intake.COMMANDS.items():
    if _name not in OWN_WAY | ELSEWHERE:
        add_command(f"/intake/{_name}", "intake", _name, _schema)
