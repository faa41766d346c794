"""Whether the portal works: liveness, readiness, figures. None of them tells one report from another."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue
from prometheus_client import CollectorRegistry, Counter, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy import delete, false
from sqlalchemy.exc import SQLAlchemyError

from gateway.portal import store
from gateway.portal.context import portal
from gateway.portal.models import FiledRow
from network.office import OfficeRuntime

blueprint = Blueprint("health", __name__)
LATE_SECONDS = 300


@blueprint.get("/healthz")
def alive() -> ResponseReturnValue:
    """The program answers."""
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
def ready() -> ResponseReturnValue:
    """Reports can be taken: the database can be written. Post that waits is told, but takes nobody's report away."""
    office = portal().office
    try:
        _lock_for_writing(office)
        waiting = post(office)
    except SQLAlchemyError:
        return jsonify({"status": "database_not_writable"}), 503
    late = waiting["oldest_seconds"] > LATE_SECONDS
    return jsonify({"status": "ok", "post": {**waiting, "late": late}})


def _lock_for_writing(office: OfficeRuntime) -> None:
    """Take the write lock and give it back: a full or read-only disk shows here."""
    with office.engine.connect() as connection, connection.begin() as work:
        connection.execute(delete(FiledRow).where(false()))
        work.rollback()


def post(office: OfficeRuntime) -> dict[str, Any]:
    """How many letters have not reached their office, and how long the oldest has waited."""
    with office.reading() as session:
        count, oldest = store.waiting_post(session)
    seconds = 0.0 if oldest is None else max(0.0, (office.now() - oldest).total_seconds())
    return {"pending": count, "oldest_seconds": round(seconds, 1)}


class PortalFigures(Collector):
    """Figures read from the database when they are asked for, so that every process of the portal gives the same."""

    def __init__(self, office: OfficeRuntime) -> None:
        self.office = office

    def collect(self) -> Any:
        waiting = post(self.office)
        with self.office.reading() as session:
            filed = store.filed_count(session)
        yield GaugeMetricFamily("shangda_portal_reports_accepted", "Reports taken in.", value=filed)
        yield GaugeMetricFamily("shangda_portal_outbox_pending", "Letters not acknowledged.", value=waiting["pending"])
        yield GaugeMetricFamily(
            "shangda_portal_outbox_oldest_seconds", "Age of the oldest of them.", value=waiting["oldest_seconds"]
        )


class Metrics:
    """The registry of one application, and its counter of requests (of this process).

    It counts by part, not by page: the difference between forms sent and reports kept would show how many were turned
    to the organ outside.
    """

    def __init__(self, office: OfficeRuntime) -> None:
        self.registry = CollectorRegistry()
        self.registry.register(PortalFigures(office))
        self.requests = Counter(
            "shangda_portal_requests", "Requests answered.", ["part", "status"], registry=self.registry
        )

    def count(self, response: Response) -> Response:
        self.requests.labels(request.blueprint or "other", f"{response.status_code // 100}xx").inc()
        return response

    def show(self) -> Response:
        return Response(generate_latest(self.registry), content_type="text/plain; version=0.0.4; charset=utf-8")
