"""The directory is made from what the offices tell: each its own channels, closed and expired ones gone (S16, S18)."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from contracts.errors import Refused
from contracts.events import EVENTS
from contracts.letters import Letter
from gateway.portal.context import Portal
from network.clock import now
from network.ids import new_id
from network.office import OfficeRuntime
from tests.gateway.portal.helpers import deliver

TOWN, VILLAGE = "610402901", "610402901901"
BOX = {
    "channel": "a" * 32,
    "rev": 1,
    "kind": "box",
    "label": "大门信箱",
    "address": "望塬村1号",
    "place": "大门左侧",
    "since": "2026-01-01",
    "withdrawn": False,
}
MAILBOX = {
    **BOX,
    "channel": "b" * 32,
    "kind": "leader_mailbox",
    "label": "镇长信箱",
    "mailbox": "zhen@example.org",
    "official_name": "石磊",
    "official_post": "镇长",
}


def tell(portal: OfficeRuntime, office: str = TOWN, **data: Any) -> None:
    """A channel as an office tells it."""
    loaded = EVENTS["channel_published"]().load({**BOX, **data})
    deliver(portal, Letter(new_id(), office, "intake", "channel_published", "", now().isoformat(), loaded))


def channels(client: FlaskClient, office: str = TOWN) -> list[dict[str, Any]]:
    found = client.get("/api/v1/offices").json
    assert found is not None
    towns = {each["id"]: each for each in found["offices"][0]["offices"]}
    shown: list[dict[str, Any]] = towns[office]["channels"]
    return shown


def test_a_channel_stands_with_its_office_and_follows_what_it_tells(client: FlaskClient, portal: OfficeRuntime) -> None:
    assert channels(client) == []
    tell(portal)
    (box,) = channels(client)
    assert (box["kind"], box["words"], box["label"], box["place"]) == ("box", "举报信箱", "大门信箱", "大门左侧")
    assert not {"rev", "withdrawn", "clerk"} & set(box)
    tell(portal, rev=3, place="大门右侧")
    tell(portal, rev=2, place="旧的")
    assert [each["place"] for each in channels(client)] == ["大门右侧"], "an older word changes nothing"
    tell(portal, rev=4, withdrawn=True)
    assert channels(client) == []


@pytest.mark.parametrize(("since", "until", "shown"), [(0, 0, 1), (1, None, 0), (-5, -1, 0)])
def test_a_channel_is_shown_from_its_first_to_its_last_day(
    client: FlaskClient, portal: OfficeRuntime, since: int, until: int | None, shown: int
) -> None:
    today = Portal(portal, None).today  # type: ignore[arg-type]
    ends = {} if until is None else {"until": (today + timedelta(days=until)).isoformat()}
    tell(portal, since=(today + timedelta(days=since)).isoformat(), **ends)
    assert len(channels(client)) == shown


def test_nobody_changes_the_channel_of_another_office(client: FlaskClient, portal: OfficeRuntime) -> None:
    tell(portal)
    for sender, code in (
        ("610402", "not_yours"),
        (VILLAGE, "not_yours"),
        ("610402007", "unknown_office"),
        ("portal", "unknown_office"),
    ):
        with pytest.raises(Refused) as refused:
            tell(portal, sender, rev=9, label="假的")
        assert refused.value.code == code
    assert [each["label"] for each in channels(client)] == ["大门信箱"]


def test_the_page_shows_how_each_office_is_to_be_reached(client: FlaskClient, portal: OfficeRuntime) -> None:
    tell(portal)
    tell(portal, **MAILBOX)
    tell(portal, channel="c" * 32, kind="phone", label="<b>热线</b>", phone="029-7654321", hours="全天")
    page = client.get("/offices").get_data(as_text=True)
    for words in ("举报信箱", "望塬村1号 大门左侧", "mailto:zhen@example.org", "镇长 石磊", "tel:029-7654321", "全天"):
        assert words in page
    assert "<b>热线" not in page
    assert "Report box" in client.get("/offices?lang=en").get_data(as_text=True)


def test_s18_an_office_has_a_poster_with_its_telephone_channels_and_a_code_to_its_form(
    client: FlaskClient, portal: OfficeRuntime
) -> None:
    tell(portal)
    tell(portal, channel="c" * 32, kind="phone", label="夜间热线", phone="029-7654321", hours="全天")
    page = client.get(f"/offices/{TOWN}/poster").get_data(as_text=True)
    for words in ("大门信箱", "夜间热线", "029-7654321", f"?place={TOWN}", "<svg"):
        assert words in page
    assert "<script" not in page
    form = client.get(f"/?place={TOWN}").get_data(as_text=True)
    assert f'value="{TOWN}" selected' in form
    assert "Scan to report" in client.get(f"/offices/{TOWN}/poster?lang=en").get_data(as_text=True)
    for strange in ("610402007", "portal", "999999"):
        assert client.get(f"/offices/{strange}/poster").status_code == 404
