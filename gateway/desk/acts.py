"""The desk's HTTP API (``/api/v1``): what an office's staff can do and see. Schema, question, answer."""

from collections.abc import Collection, Mapping
from typing import Any

from flask import g, jsonify, request
from flask.typing import ResponseReturnValue
from marshmallow import Schema

from contracts.commands import assignment, hearing, intake, supervision
from gateway.desk import schemas
from gateway.desk.asking import command, desk, query, session
from gateway.desk.matching import match, suggest
from gateway.desk.opening import offer_data, open_call_back, open_case
from gateway.json_body import JsonBlueprint
from gateway.problems import Problem

blueprint = JsonBlueprint("desk", __name__, url_prefix="/api/v1", description="登记、办理、督办、听证")

# GET path → (service, query). Names in brackets are fields of the query.
QUERIES: Mapping[str, tuple[str, str]] = {
    "/cases": ("assignment", "list_cases"),
    "/cases/<case>": ("assignment", "get_case"),
    "/cases/<case>/clocks": ("supervision", "clocks"),
    "/cases/<case>/objections": ("assignment", "objections"),
    "/cases/<case>/facts": ("assignment", "facts"),
    "/cases/<case>/discipline": ("assignment", "discipline_file"),
    "/discipline/counts": ("assignment", "discipline_counts"),
    "/outside": ("assignment", "outside"),
    "/recusals": ("assignment", "recusals"),
    "/cases/<case>/report": ("intake", "get_report"),
    "/cases/<case>/hearing": ("hearing", "case"),
    "/search": ("assignment", "search"),
    "/counts": ("assignment", "counts"),
    "/offers": ("assignment", "offers"),
    "/officials": ("assignment", "officials"),
    "/candidates": ("assignment", "candidates"),
    "/cases/<case>/repeats": ("assignment", "repeats"),
    "/helping": ("assignment", "helping"),
    "/disputes": ("assignment", "disputes"),
    "/teams": ("assignment", "teams"),
    "/teams/<team>/history": ("assignment", "team_history"),
    "/intake/handed-over": ("intake", "handed_over"),
    "/supervision/handed-over": ("supervision", "handed_over"),
    "/hearing/handed-over": ("hearing", "handed_over"),
    "/hearing/rules": ("hearing", "hearing_rules"),
    "/hearing/<session>/masked": ("hearing", "masked_termination"),
    "/leavers": ("assignment", "leavers"),
    "/key-tasks": ("assignment", "key_tasks"),
    "/successions": ("assignment", "successions"),
    "/old-files": ("assignment", "old_files"),
    "/old-files/<case>": ("assignment", "old_file"),
    "/groups": ("assignment", "groups"),
    "/class-leaders": ("assignment", "matrix"),
    "/areas": ("assignment", "areas"),
    "/cases/<case>/responsible": ("assignment", "responsible"),
    "/hand-overs": ("assignment", "hand_overs"),
    "/merits": ("assignment", "merits"),
    "/outcomes": ("assignment", "outcomes"),
    "/files": ("assignment", "files"),
    "/register": ("intake", "list_reports"),
    "/register/counts": ("intake", "counts"),
    "/register/<case>/repeats": ("intake", "repeats"),
    "/custody": ("intake", "custody"),
    "/emergencies": ("intake", "emergencies"),
    "/duty_chain": ("intake", "duty_chain"),
    "/campaigns": ("intake", "campaigns"),
    "/promises": ("intake", "promises"),
    "/boards": ("intake", "boards"),
    "/boards/log": ("intake", "board_log"),
    "/boards/check": ("intake", "board_check"),
    "/boards/coverage": ("intake", "board_coverage"),
    "/schedules": ("intake", "schedules"),
    "/slots": ("intake", "slots"),
    "/bookings": ("intake", "bookings"),
    "/bookings/waiting": ("intake", "bookings_waiting"),
    "/receptions": ("intake", "receptions"),
    "/hall-roster": ("intake", "hall_roster"),
    "/campaigns/<campaign>/visits": ("intake", "visit_coverage"),
    "/campaigns/<campaign>/counts": ("intake", "campaign_counts"),
    "/cards/<serial>": ("intake", "card"),
    "/card-batches": ("intake", "card_batches"),
    "/home-visits": ("intake", "home_visits"),
    "/go-downs": ("intake", "go_downs"),
    "/go-downs/<go_down>": ("intake", "go_down"),
    "/channels": ("intake", "channels"),
    "/channels/alerts": ("intake", "channel_alerts"),
    "/channels/reports": ("intake", "channel_reports"),
    "/channels/absences": ("intake", "absences"),
    "/channels/<channel>/roster": ("intake", "room_roster"),
    "/coverage": ("intake", "network_coverage"),
    "/room-visits": ("intake", "room_visits"),
    "/box-openings": ("intake", "box_openings"),
    "/calls": ("intake", "phone_calls"),
    "/intake/figures": ("intake", "figures"),
    "/intake/export": ("intake", "export"),
    "/assignment/figures": ("assignment", "figures"),
    "/assignment/export": ("assignment", "export"),
    "/supervision/figures": ("supervision", "figures"),
    "/supervision/export": ("supervision", "export"),
    "/hearing/figures": ("hearing", "figures"),
    "/hearing/export": ("hearing", "export"),
    "/ledger": ("supervision", "ledger"),
    "/next-days": ("supervision", "next_days"),
    "/trend": ("supervision", "trend"),
    "/ledger/counts": ("supervision", "counts"),
    "/steps": ("supervision", "steps"),
    "/orders": ("supervision", "orders"),
    "/sent-down": ("supervision", "sent_down"),
    "/audits": ("supervision", "audits"),
    "/call-backs": ("supervision", "call_backs"),
    "/hearing-proposals": ("supervision", "hearing_proposals"),
    "/attention": ("supervision", "candidates"),
    "/followed": ("supervision", "followed"),
    "/cases/<case>/presses": ("supervision", "presses"),
    "/cases/<case>/guidance": ("supervision", "guidance"),
    "/city-visits": ("supervision", "city_visits"),
    "/alerts": ("supervision", "alerts"),
    "/incidents": ("supervision", "incidents"),
    "/discipline-rules": ("supervision", "discipline_rules"),
    "/suspensions": ("supervision", "suspensions"),
    "/removals": ("supervision", "removals"),
    "/watch-list": ("supervision", "watch_list"),
    "/demands": ("supervision", "demands"),
    "/measures": ("supervision", "measures"),
    "/periods": ("supervision", "periods"),
    "/reports-of-periods": ("supervision", "reports"),
    "/reports-of-periods/<report>": ("supervision", "report"),
    "/reports-of-periods/<report>/sources": ("supervision", "figure_sources"),
    "/reports-of-periods/<report>/verify": ("supervision", "verify_report"),
    "/dispute-ledger": ("supervision", "disputes"),
    "/studies/<quarter>": ("supervision", "study_items"),
    "/owed-to-us": ("supervision", "owed_to_us"),
    "/nudges": ("supervision", "nudges"),
    "/reviews": ("hearing", "reviews"),
    "/sessions": ("hearing", "sessions"),
    "/sessions/<session>": ("hearing", "get_session"),
}
SCHEMAS: Mapping[str, Mapping[str, type[Schema]]] = {
    "intake": intake.QUERIES,
    "assignment": assignment.QUERIES,
    "supervision": supervision.QUERIES,
    "hearing": hearing.QUERIES,
}
# What the desk seals or opens itself: below, and in gateway.desk.facts and .measures.
OWN_WAY = {"offer", "open_sealed", "match_accused", "open_call_back", "correct", "to_discipline"} | {
    "carry_out_measure",
    "record_result",
    "open_measure",
}


@blueprint.before_request
def _who() -> None:
    """Every act needs a session."""
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    found = desk().sessions.find(token) if kind.lower() == "bearer" else None
    if found is None:
        raise Problem(401, "log_in")
    g.session = found


@blueprint.post("/logout")
@blueprint.response(204)
def log_out() -> None:
    """End the session; an unlocked key is forgotten."""
    desk().sessions.close(session())


@blueprint.get("/me")
@blueprint.response(200, schemas.LoggedIn)
def me() -> Any:
    """Whose session this is."""
    actor = session().actor
    name = desk().accounts[actor.office][actor.id].name
    shown = {"office": actor.office, "user": actor.id, "name": name, "desk": actor.desk, "roles": list(actor.roles)}
    return {**shown, "unlocked": session().key is not None}


@blueprint.post("/cases/<case>/open")
@blueprint.arguments(schemas.OpenCase)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def open_sealed(given: Mapping[str, Any], key: Mapping[str, Any], case: str) -> ResponseReturnValue:
    """Open what is sealed in a case; who, when and why is journalled."""
    return jsonify(open_case(case, given["reason"], given["command_id"] or key["key"]))


@blueprint.post("/call-backs/<call_back>/open")
@blueprint.arguments(schemas.OpenCase)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def open_reporter(given: Mapping[str, Any], key: Mapping[str, Any], call_back: str) -> ResponseReturnValue:
    """Open whom to call back; who, when and why is journalled."""
    return jsonify(open_call_back(call_back, given["reason"], given["command_id"] or key["key"]))


@blueprint.post("/cases/<case>/offer")
@blueprint.arguments(
    schemas.body_of(assignment.COMMANDS["offer"], "OfferBody", ("case", "sealed", "reporter", "supplements"))
)
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def offer(given: Mapping[str, Any], key: Mapping[str, Any], case: str) -> ResponseReturnValue:
    """Offer the case to another office; at a discipline desk it is re-sealed for the receiver's here."""
    data, command_id = offer_data(case, _sent(), given["command_id"] or key["key"])
    return jsonify(command("assignment", "offer", data, command_id))


@blueprint.post("/cases/<case>/match")
@blueprint.arguments(schemas.body_of(assignment.COMMANDS["match_accused"], "MatchBody", ("case", "marks")))
@blueprint.arguments(schemas.Key, location="headers")
@blueprint.response(200)
def match_accused(given: Mapping[str, Any], key: Mapping[str, Any], case: str) -> ResponseReturnValue:
    """Who is accused; at a discipline desk the marks for finding repeats are made here, with its unlocked key."""
    return jsonify(match(case, given, given["command_id"] or key["key"]))


@blueprint.get("/cases/<case>/suggestions")
@blueprint.arguments(
    schemas.query_of(assignment.QUERIES["suggest"], "SuggestQuery", ("case", "officials")), location="query"
)
@blueprint.response(200)
def suggestions(given: Mapping[str, Any], case: str) -> ResponseReturnValue:
    """Where the case could go, with reasons; ``note`` says what of the accused is not considered. The clerk decides."""
    return jsonify(suggest(case, given))


def _sent() -> dict[str, Any]:
    """The checked body as it was sent, for the service to load: without the command id."""
    return {name: value for name, value in request.get_json().items() if name != "command_id"}


def without_ciphertext(answer: Any) -> Any:
    """The answer with each envelope told by whom it can be opened: its content comes only by ``open``, with a reason."""
    if isinstance(answer, list):
        return [without_ciphertext(each) for each in answer]
    if not isinstance(answer, dict):
        return answer
    if {"ciphertext", "keys"} <= set(answer):
        return {"sealed_for": sorted(answer["keys"])}
    return {name: without_ciphertext(each) for name, each in answer.items()}


def add_command(path: str, service: str, name: str, schema: type[Schema], in_path: Collection[str] = ()) -> None:
    """A route for a command: its schema is the body, but for what stands in the path."""
    body = schemas.body_of(schema, f"{service.title()}{schema.__name__}Body", in_path)

    def act(given: Mapping[str, Any], key: Mapping[str, Any], **ids: str) -> ResponseReturnValue:
        return jsonify(command(service, name, {**_sent(), **ids}, given["command_id"] or key["key"]))

    act.__doc__ = schema.__doc__
    shown = blueprint.response(200)(act)
    keyed = blueprint.arguments(schemas.Key, location="headers")(shown)
    checked = blueprint.arguments(body)(keyed)
    blueprint.post(path, endpoint=f"{service}_{name}")(checked)


def _add_query(path: str, service: str, name: str, schema: type[Schema]) -> None:
    in_path = [part[1:-1] for part in path.split("/") if part.startswith("<")]
    wanted = schemas.query_of(schema, f"{service.title()}{schema.__name__}Query", [*in_path, "desk"])
    of_desk = "desk" in schema().fields

    def ask(given: Mapping[str, Any], **ids: str) -> ResponseReturnValue:
        own = {"desk": session().actor.desk} if of_desk else {}
        return jsonify(without_ciphertext(query(service, name, {**given, **ids, **own})))

    ask.__doc__ = schema.__doc__
    checked = blueprint.arguments(wanted, location="query")(blueprint.response(200)(ask))
    blueprint.get(path, endpoint=f"{service}_{name}")(checked)


for _name, _schema in assignment.COMMANDS.items():
    if _name not in OWN_WAY:
        _of_case = "case" in _schema().fields
        _path = f"/cases/<case>/{_name}" if _of_case else f"/assignment/{_name}"
        add_command(_path, "assignment", _name, _schema, ("case",) if _of_case else ())
for _name, _schema in hearing.COMMANDS.items():
    add_command(f"/hearing/{_name}", "hearing", _name, _schema)
for _name, _schema in supervision.COMMANDS.items():
    if _name not in OWN_WAY:
        add_command(f"/supervision/{_name}", "supervision", _name, _schema)
for _path, (_service, _name) in QUERIES.items():
    _add_query(_path, _service, _name, SCHEMAS[_service][_name])
