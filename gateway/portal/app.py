"""The public portal as a WSGI application. Plain threads; its post is done by a node beside it."""

from flask import Flask, Response, request
from marshmallow import ValidationError
from werkzeug.exceptions import HTTPException

from contracts.errors import Refused
from gateway.portal import api, health, pages
from gateway.portal.context import Portal
from gateway.portal.drafts import Drafts, signing_key
from gateway.problems import Problem, ProblemApi, from_refusal, invalid, problem_of
from gateway.quiet import quiet_app
from network.hosting import open_offices
from network.office import OfficeRuntime
from network.offices import PORTAL
from network.settings import Settings

_OPENAPI = {
    "API_TITLE": "Shangda portal",
    "API_VERSION": "v1",
    "OPENAPI_VERSION": "3.1.0",
    "OPENAPI_URL_PREFIX": "/api/v1",
    "OPENAPI_JSON_PATH": "openapi.json",
}


def create_app(settings: Settings) -> Flask:
    """The portal of the network that ``settings`` describe; its database must have been migrated."""
    return portal_app(open_offices(settings, [PORTAL])[PORTAL], signing_key(settings.home))


def portal_app(office: OfficeRuntime, draft_key: bytes) -> Flask:
    """The portal on an office that is open already."""
    app = quiet_app(__name__, static_url_path="/static")
    app.config.update(_OPENAPI)
    app.extensions["portal"] = Portal(office, Drafts(draft_key))
    ProblemApi(app).register_blueprint(api.blueprint)
    app.register_blueprint(health.blueprint)
    app.register_blueprint(pages.blueprint)
    _measure(app, office)
    _answer_errors(app)
    return app


def _measure(app: Flask, office: OfficeRuntime) -> None:
    metrics = health.Metrics(office)
    app.after_request(metrics.count)
    app.add_url_rule("/metrics", "metrics", metrics.show)


def _answer_errors(app: Flask) -> None:
    """Problem documents for programs, a page in plain words for people."""

    def answer(problem: Problem) -> Response:
        return problem.response() if _for_programs() else pages.problem_page(problem)

    app.register_error_handler(Problem, answer)
    app.register_error_handler(HTTPException, lambda error: answer(problem_of(error)))
    app.register_error_handler(Refused, lambda refused: answer(from_refusal(400, refused)))
    app.register_error_handler(ValidationError, lambda error: answer(invalid(error.messages_dict)))


def _for_programs() -> bool:
    return request.path.startswith("/api/") or request.path in ("/healthz", "/readyz", "/metrics")
