"""The staff's desk as a WSGI application: an HTTP API beside a node, for that node's offices. Plain threads, ONE process:
sessions and unlocked keys live in its memory and nowhere else."""

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError

from contracts.errors import Refused
from gateway.desk import facts, login, measures, receiving, reporting, todo
from gateway.desk.accounts import load_accounts
from gateway.desk.asking import Desk
from gateway.desk.folder import routes as folder
from gateway.desk.lockout import Lockout
from gateway.desk.receipts import ShownReceipts
from gateway.desk.rpc import OfficeLinks
from gateway.desk.sessions import Sessions, session_secret
from gateway.problems import ProblemApi, answer_with_problems, from_refusal, invalid
from gateway.quiet import quiet_app
from network.hosting import own_uri
from network.keys import Keyring
from network.offices import load_district
from network.policy_loader import load_policy
from network.settings import Settings

_OPENAPI = {
    "API_TITLE": "Shangda desk",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api/v1",
    "OPENAPI_JSON_PATH": "openapi.json",
}


def create_app(settings: Settings) -> Flask:
    """The desk of the offices that have accounts under ``settings.home``. Raises ValueError naming a file that is wrong."""
    desk = Desk(
        tree=load_district(settings.district_file),
        policy=load_policy(settings.policy_dir),
        keyring=Keyring(settings.keys_dir),
        accounts=load_accounts(settings.home),
        links=OfficeLinks(lambda office: own_uri(settings, office)),
        sessions=Sessions(session_secret(settings.home)),
        lockout=Lockout(),
        receipts=ShownReceipts(),
    )
    return desk_app(desk)


def desk_app(desk: Desk) -> Flask:
    """The desk on what is open already."""
    app = quiet_app(__name__)
    app.config.update(_OPENAPI)
    app.extensions["desk"] = desk
    api = ProblemApi(app)
    api.spec.components.security_scheme("session", {"type": "http", "scheme": "bearer"})
    api.spec.options["security"] = [{"session": []}]
    for blueprint in dict.fromkeys(
        routes.blueprint for routes in (login, reporting, facts, measures, todo, folder, receiving)
    ):
        api.register_blueprint(blueprint)
    app.add_url_rule("/healthz", "alive", _alive)
    answer_with_problems(app)
    app.register_error_handler(Refused, lambda refused: from_refusal(400, refused).response())
    app.register_error_handler(ValidationError, lambda error: invalid(error.messages_dict).response())
    return app


def _alive() -> ResponseReturnValue:
    """The program answers."""
    return jsonify({"status": "ok"})
