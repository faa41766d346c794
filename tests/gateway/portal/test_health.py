"""Health, figures, the description of the API, the offices."""

import sqlite3
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from network.office import OfficeRuntime
from tests.gateway.portal.helpers import ACCUSING, PETITION


def test_alive_and_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json == {"status": "ok", "post": {"pending": 0, "oldest_seconds": 0.0, "late": False}}


def test_post_that_waits_is_told_but_reports_are_still_taken(
    client: FlaskClient, portal: OfficeRuntime, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post("/api/v1/reports", json=PETITION)
    now = portal.now()
    monkeypatch.setattr("network.clock.now", lambda: now.replace(year=now.year + 1))
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json is not None
    assert (answer.json["post"]["pending"], answer.json["post"]["late"]) == (1, True)
    assert client.post("/api/v1/reports", json=PETITION).status_code == 202


def test_a_database_that_cannot_be_written_is_not_ready(client: FlaskClient, tmp_path: Path) -> None:
    client.get("/readyz")
    with sqlite3.connect(tmp_path / "portal.db") as connection:
        connection.execute("DROP TABLE portal_filed")
    assert client.get("/readyz").status_code == 503
    assert client.get("/healthz").status_code == 200


def test_figures_do_not_tell_one_report_from_another(client: FlaskClient) -> None:
    client.post("/api/v1/reports", json=PETITION)
    client.post("/api/v1/reports", json=ACCUSING)
    figures = client.get("/metrics").get_data(as_text=True)
    assert "shangda_portal_reports_accepted 2.0" in figures
    assert "shangda_portal_outbox_pending 2.0" in figures
    assert 'shangda_portal_requests_total{part="api",status="2xx"} 2.0' in figures
    assert "discipline" not in figures


def test_the_api_describes_itself(client: FlaskClient) -> None:
    found = client.get("/api/v1/openapi.json").json
    assert found is not None
    assert found["openapi"] == "3.1.0"
    assert set(found["paths"]) == {
        "/api/v1/drafts",
        "/api/v1/leaders",
        "/api/v1/offices",
        "/api/v1/reports",
        "/api/v1/reports/{receipt}",
        "/api/v1/reports/{receipt}/rating",
        "/api/v1/reports/{receipt}/reviews",
        "/api/v1/reports/{receipt}/sayings",
        "/api/v1/reports/{receipt}/supplements",
    }


def test_offices_stand_below_who_manages_them(client: FlaskClient, portal: OfficeRuntime) -> None:
    found = client.get("/api/v1/offices").json
    assert found is not None
    (root,) = found["offices"]
    assert (root["id"], root["tier"]) == ("610402", "district")
    assert (root["phone"], root["hours"]) == (portal.tree.root.phone, portal.tree.root.hours)
    assert all(root[name] for name in ("phone", "hours", "address")), "where and when to find it (S16, S18)"
    towns = {each["id"]: each for each in root["offices"]}
    assert "portal" not in towns
    assert [each["id"] for each in towns["610402901"]["offices"]] == ["610402901901", "610402901902"]
    (outside,) = found["outside"]
    assert (outside["id"], outside["managed_by"]["name"]) == ("610402007", "西咸新区管委会")


@pytest.mark.parametrize(("method", "path", "code"), [
    ("GET", "/api/v1/nothing", 404),
    ("DELETE", "/api/v1/reports", 405),
])  # fmt: skip
def test_errors_of_the_framework_are_problems_too(client: FlaskClient, method: str, path: str, code: int) -> None:
    answer = client.open(path, method=method)
    assert (answer.status_code, answer.content_type) == (code, "application/problem+json")
