"""Routes of named reception that do something here: who books is sealed in this process, and boards are printed."""

import secrets
from collections.abc import Mapping
from typing import Any

import segno
from flask import Response, jsonify, make_response, render_template
from flask.typing import ResponseReturnValue
from marshmallow import Schema, fields, validate

from contracts.commands.intake import boards, bookings, receptions, schedules
from contracts.words import Desk as DeskWord
from gateway.desk import schemas
from gateway.desk.acts import blueprint
from gateway.desk.asking import command, desk, part_of, query, session
from gateway.desk.matching import decide_desk
from gateway.desk.opening import opened_by, own_key
from gateway.problems import Problem
from gateway.reports import ReporterSchema, said
from network.keys import DeskId
from network.receipts import receipt_hash
from network.sealing import seal


class BookBody(Schema):
    """Somebody names the leader to see. ``person`` is how to reach them, sealed before it leaves this process; whose it
    is: a ``case``, the ``receipt`` they show, or neither (walk-in).
    """

    leader = boards.official()
    day = schedules.day()
    starts = schedules.clock_time()
    case = bookings.optional_case()
    about_leader = fields.Boolean(load_default=False)
    person = fields.Nested(ReporterSchema, load_default=None, allow_none=True)
    receipt = said(60, required=False)
    command_id = schemas.command_id()


class RecordBody(receptions.RecordReception):
    """A leader received somebody. ``as_petition``: the clerk decided that what was said accuses no official."""

    as_petition = fields.Boolean(load_default=False)
    command_id = schemas.command_id()


class OpenBookingBody(Schema):
    """Read how to reach the person; the reason is journalled."""

    booking = fields.String(required=True, validate=validate.Regexp(r"^[0-9a-f]{32}\Z"))
    reason = said(200)
    command_id = schemas.command_id()


class PrintBoards(Schema):
    """Where the portal is (for the code that leads to its directory), and whose board, "" for all of this office."""

    portal = fields.Url(required=True, schemes={"http", "https"}, require_tld=False, validate=validate.Length(max=200))
    official = fields.String(load_default="", validate=validate.Regexp(r"^[0-9A-Za-z-]{0,20}\Z"))


@blueprint.post("/intake/book")
@blueprint.arguments(BookBody)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def book(given: Mapping[str, Any], key: Mapping[str, Any]) -> ResponseReturnValue:
    """Book a leader by name; who books is sealed to the own petition desk."""
    command_id = given["command_id"] or key["key"] or secrets.token_hex(16)
    booking = part_of(command_id, "booking")
    plain = {name: given[name] for name in ("leader", "starts", "case", "about_leader")}
    told = {"booking": booking, "day": str(given["day"]), "reporter": _sealed(given["person"], booking)}
    told["receipt_hash"] = receipt_hash(given["receipt"]) if given["receipt"].strip() else None
    return jsonify(command("intake", "book", {**plain, **told}, command_id))


def _sealed(person: Mapping[str, Any] | None, booking: str) -> dict[str, Any] | None:
    if person is None:
        return None
    office = session().actor.office
    return seal(person, booking, {DeskId(office, "petition"): desk().keyring.public(office, "petition")}).to_dict()


@blueprint.post("/intake/open_booking")
@blueprint.arguments(OpenBookingBody)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def open_booking(given: Mapping[str, Any], key: Mapping[str, Any]) -> ResponseReturnValue:
    """How to reach the person; who reads it and why stands in the journal first."""
    if session().actor.desk != DeskWord.PETITION:
        raise Problem(404, "not_found")
    private = own_key()
    data = {"booking": given["booking"], "reason": given["reason"]}
    found = command("intake", "open_booking", data, given["command_id"] or key["key"])
    return jsonify({"booking": given["booking"], "person": opened_by(found["reporter"], private)})


@blueprint.post("/intake/record_reception")
@blueprint.arguments(RecordBody)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def record_reception(given: Mapping[str, Any], key: Mapping[str, Any]) -> ResponseReturnValue:
    """Write down a reception; words that may accuse an official are asked back first: they belong sealed, not here."""
    if not given["as_petition"]:
        decide_desk(f"{given['summary']}\n{given['answer']}")
    own = ("as_petition", "command_id")
    told = {name: value for name, value in given.items() if name not in own}
    told["at"] = given["at"].isoformat() if given["at"] else None
    return jsonify(command("intake", "record_reception", told, given["command_id"] or key["key"]))


@blueprint.get("/boards/print")
@blueprint.arguments(PrintBoards, location="query")
@blueprint.response(200, content_type="text/html")
def print_boards(given: Mapping[str, Any]) -> Response:
    """The live boards of this office for printing: one leader on each A4 page, with a code to the public directory."""
    actor = session().actor
    own = [each for each in query("intake", "boards", {})["boards"] if each["office"] == actor.office and each["live"]]
    wanted = [each for each in own if given["official"] in ("", each["official"])]
    if not wanted:
        raise Problem(404, "not_found")
    link = f"{given['portal'].rstrip('/')}/leaders"
    code = segno.make(link, error="m").svg_inline(scale=4, border=2, omitsize=True)
    office = desk().tree.office(actor.office)
    return make_response(render_template("board.html", boards=wanted, office=office, link=link, code=code))
