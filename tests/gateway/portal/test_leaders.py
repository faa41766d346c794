"""Leaders who can be seen by name: told by their offices, shown to everybody with six fields and their days."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from contracts.calendar import local_day
from contracts.errors import Refused
from contracts.letters import Letter
from gateway.portal.models import LeaderRow
from network.ids import new_id
from network.office import OfficeRuntime
from tests.gateway.portal.helpers import MORNING, deliver

TOWN, DISTRICT, COMMUNITY = "610402902", "610402", "610402004901"
SIX = {
    "name": "卢主任",
    "photo": "https://img.example/1.jpg",
    "post": "副主任",
    "duties": "城市管理 <b>",
    "place": "201室",
    "contact": "029-0",
}
PROFILE = "a" * 32


def tell(portal: OfficeRuntime, office: str = TOWN, **other: Any) -> None:
    data = {**SIX, "profile": PROFILE, "level": "leader", "days": ["每周三 09:00–11:00 信访大厅"], "rev": 1}
    data |= {"since": local_day(portal.now()), "until": None, **other}
    deliver(portal, Letter(new_id(), office, "intake", "board_published", "", MORNING.isoformat(), data))


def shown(client: FlaskClient) -> list[dict[str, Any]]:
    found = client.get("/api/v1/leaders").json
    assert found is not None
    return list(found["offices"])


def test_s89_a_published_leader_is_in_the_directory(client: FlaskClient, portal: OfficeRuntime) -> None:
    assert shown(client) == []
    assert "暂无公开的接访领导" in client.get("/leaders").get_data(as_text=True)
    tell(portal)
    tell(portal, DISTRICT, profile="b" * 32, name="区领导", level="district_leader", days=[])
    tell(portal, COMMUNITY, profile="c" * 32, name="社区干部", level="cadre", photo="sha256:" + "0" * 64)
    offices = shown(client)
    assert [(each["id"], each["tier"], each["leaders"][0]["name"]) for each in offices] == [
        (DISTRICT, "district", "区领导"), (COMMUNITY, "village", "社区干部"), (TOWN, "town", "卢主任"),
    ]  # fmt: skip
    assert offices[2]["leaders"] == [{**SIX, "days": ["每周三 09:00–11:00 信访大厅"]}]
    assert PROFILE not in str(offices)
    page = client.get("/leaders").get_data(as_text=True)
    for words in (
        "卢主任",
        "副主任",
        "城市管理 &lt;b&gt;",
        "201室",
        "029-0",
        "每周三 09:00–11:00 信访大厅",
        "社区干部",
    ):
        assert words in page
    assert page.count("https://img.example/1.jpg") == 2, "photos are linked, never loaded"
    assert "<img" not in page
    assert 'href="/leaders" aria-current="page"' in page


def test_s91_a_board_is_shown_while_it_runs_and_as_it_stands_now(client: FlaskClient, portal: OfficeRuntime) -> None:
    today = local_day(portal.now())
    tell(portal, since=today + timedelta(days=1))
    assert shown(client) == []
    tell(portal, rev=3, until=today, place="302室")
    tell(portal, rev=2, place="201室")
    assert [each["leaders"][0]["place"] for each in shown(client)] == ["302室"], "an older one changes nothing"
    tell(portal, rev=4, until=today - timedelta(days=1))
    assert shown(client) == []


def test_s91_a_board_is_believed_only_from_its_own_office(client: FlaskClient, portal: OfficeRuntime) -> None:
    tell(portal)
    with pytest.raises(Refused, match="属于另一单位"):
        tell(portal, DISTRICT, rev=9, name="别人")
    with pytest.raises(Refused, match="本网络内"):
        tell(portal, "610402007", profile="d" * 32)
    assert [each["leaders"][0]["name"] for each in shown(client)] == ["卢主任"]
    with portal.reading() as session:
        assert [row.office for row in session.query(LeaderRow)] == [TOWN]
