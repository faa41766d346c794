"""Public hearings and published opinions at the portal (S101, S107)."""

from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient

from contracts.errors import Refused
from contracts.events import EVENTS
from contracts.letters import Letter
from network.clock import now
from network.ids import new_id
from network.office import OfficeRuntime
from tests.gateway.portal.helpers import deliver

TOWN = "610402901"
NOTICE = {
    "session": "a" * 32,
    "kind": "notice",
    "rev": 1,
    "form": "public",
    "place": "镇会议室",
    "text": "城乡建设",
    "withdrawn": False,
}


def tell(portal: OfficeRuntime, office: str = TOWN, **data: Any) -> None:
    at = (now() + timedelta(days=9)).isoformat()
    loaded = EVENTS["hearing_published"]().load({**NOTICE, "at": at, **data})
    deliver(portal, Letter(new_id(), office, "hearing", "hearing_published", "", now().isoformat(), loaded))


def shown(client: FlaskClient) -> str:
    return client.get("/hearings").get_data(as_text=True)


def test_a_notice_is_shown_until_the_day_and_goes_when_it_is_withdrawn(
    client: FlaskClient, portal: OfficeRuntime
) -> None:
    assert "暂无预告" in shown(client)
    tell(portal)
    assert "镇会议室" in shown(client)
    tell(portal, rev=3, place="县礼堂")
    tell(portal, rev=2, place="旧的")
    assert "县礼堂" in shown(client)
    tell(portal, session="b" * 32, at=(now() - timedelta(days=1)).isoformat(), place="昨天的")
    assert "昨天的" not in shown(client)
    tell(portal, rev=4, withdrawn=True)
    assert "暂无预告" in shown(client)


def test_a_published_opinion_stands_without_markup_and_is_its_own_offices(
    client: FlaskClient, portal: OfficeRuntime
) -> None:
    tell(portal, kind="termination", text="<b>终结</b>意见")
    page = shown(client)
    assert "&lt;b&gt;终结&lt;/b&gt;意见" in page
    assert "Terminating opinions" in client.get("/hearings?lang=en").get_data(as_text=True)
    with pytest.raises(Refused) as refused:
        tell(portal, "610402901901", kind="termination", rev=2, text="假的")
    assert refused.value.code == "not_yours"
