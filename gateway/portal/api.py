"""The portal's HTTP API (``/api/v1``): report, status, what reporters add, offices."""

from collections.abc import Mapping
from typing import Any

from flask import jsonify, url_for
from flask.typing import ResponseReturnValue

from gateway.json_body import JsonBlueprint
from gateway.language import language, spoken
from gateway.portal import directory, leaders, schemas
from gateway.portal.answers import filed_answer, local, matters_answer, outside_answer
from gateway.portal.context import portal
from gateway.portal.filing import elsewhere, file_report
from gateway.portal.matters import look_up
from gateway.portal.rules import Saying
from gateway.portal.sayings import say
from gateway.portal.words import THANKS
from gateway.reports import Report, check_known

blueprint = JsonBlueprint("api", __name__, url_prefix="/api/v1", description="举报、回执、查询进度")


@blueprint.post("/drafts")
@blueprint.response(201, schemas.Draft)
def new_draft() -> Any:
    """A draft to send one report with, however often it has to be sent."""
    return {"draft": portal().drafts.new()}


@blueprint.post("/reports")
@blueprint.arguments(schemas.FileReport)
@blueprint.response(202, schemas.Filed)
@blueprint.alt_response(200, schema=schemas.TurnedOutside)
def file(given: tuple[Report, str | None]) -> ResponseReturnValue:
    """Report something; the receipt is given at once.

    With ``accused`` or a category of discipline the whole is sealed to the discipline desk; else only ``reporter`` is.
    200 without a receipt: it belongs to an organ outside this system, and nothing was stored.
    """
    report, draft = given
    here = portal()
    check_known(report, here.office.tree, here.office.policy())
    receipt = here.drafts.receipt(draft)
    body = elsewhere(here.office, report)
    if body is not None:
        return jsonify(outside_answer(report, body, here.office.tree, str(here.today)))
    filed = file_report(here.office, report, receipt)
    answer = jsonify(filed_answer(filed, url_for("api.status", receipt=receipt)))
    answer.status_code = 202
    return answer


@blueprint.get("/reports/<receipt>")
@blueprint.response(200, schemas.ReportStatus)
def status(receipt: str) -> ResponseReturnValue:
    """Where a report stands, in plain words. A well-formed receipt that is not known here reads ``not_arrived_yet``:
    an office with its link down may have issued it."""
    found = look_up(portal().office, receipt, english=language() == "en")
    return jsonify(matters_answer(found, portal().office.tree))


@blueprint.post("/reports/<receipt>/supplements")
@blueprint.arguments(schemas.Supplement)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(202, schemas.Taken)
def supplement(words: Mapping[str, Any], key: Mapping[str, Any], receipt: str) -> ResponseReturnValue:
    """Add material to a report."""
    return _taken(receipt, "supplement", words, key)


@blueprint.post("/reports/<receipt>/rating")
@blueprint.arguments(schemas.GiveRating)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(202, schemas.Taken)
def rating(words: Mapping[str, Any], key: Mapping[str, Any], receipt: str) -> ResponseReturnValue:
    """Rate the answer; it may be corrected once."""
    return _taken(receipt, "rating", words, key)


@blueprint.post("/reports/<receipt>/reviews")
@blueprint.arguments(schemas.AskReview)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(202, schemas.Taken)
def review(words: Mapping[str, Any], key: Mapping[str, Any], receipt: str) -> ResponseReturnValue:
    """Ask for review of the opinion (申请复查)."""
    return _taken(receipt, "review", words, key)


@blueprint.post("/reports/<receipt>/sayings")
@blueprint.arguments(schemas.Say)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(202, schemas.Taken)
def saying(words: Mapping[str, Any], key: Mapping[str, Any], receipt: str) -> ResponseReturnValue:
    """Withdraw, say whether a promise was kept, object to a person, or report retaliation."""
    return _taken(receipt, words["what"], words, key)


@blueprint.get("/offices")
@blueprint.response(200, schemas.Offices)
def offices() -> ResponseReturnValue:
    """The offices of the network, by who manages whom, each with the channels by which it can be reached today."""
    return jsonify(directory.listed(portal()))


@blueprint.get("/leaders")
@blueprint.response(200, schemas.Leaders)
def leaders_by_office() -> ResponseReturnValue:
    """The leaders who can be seen by name, by office: six published fields, and when they receive."""
    here = portal()
    with here.office.reading() as session:
        return jsonify(leaders.directory(session, here.office.tree, here.today))


def _taken(receipt: str, kind: Saying, words: Mapping[str, Any], key: Mapping[str, Any]) -> ResponseReturnValue:
    at = say(portal().office, receipt, kind, words, key["key"])
    answer = jsonify({"taken_at": local(at), "words": spoken(*THANKS[kind])})
    answer.status_code = 202
    return answer
