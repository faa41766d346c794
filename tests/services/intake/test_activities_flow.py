"""Activities and campaigns over three real databases: kept where they were done, counted above, believed only from there."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.activities import Activity, ActivityKind, matter_of
from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from network.ids import new_id
from network.tables import InboxRow
from services.intake.activities import acts
from services.intake.activities.models import IntakeActivity
from services.intake.campaigns.models import IntakeCampaign
from services.intake.service import IntakeService
from tests.services.house import DISTRICT, SYSTEM, TOWN, VILLAGE, House

NOW = datetime(2026, 5, 8, 10, tzinfo=SHANGHAI)
CASE = "c" * 32
LEADER = {"roles": ["clerk", "leader"]}
CAMPAIGN = {
    "campaign": "big_visit",
    "name": "万名干部大走访",
    "since": "2026-05-01",
    "until": "2026-12-31",
    "cadres_target": 10000,
    "visits_due": {VILLAGE: 120},
    "cadres": ["gb-011"],
}


@pytest.fixture
def house(tmp_path: Path) -> House:
    return House(tmp_path, {"intake": IntakeService}).open([DISTRICT, TOWN, VILLAGE], NOW)


def log(house: House, office: str, **values: Any) -> Activity:
    given = {"activity": new_id(), "kind": ActivityKind.HOME_VISIT.value, "office": office, "at": NOW, **values}
    with house.offices[office].uow("intake", SYSTEM) as uow:
        kept = acts.log(uow, Activity(**given))
    house.post()
    return kept


def parked(house: House, office: str) -> list[str]:
    return [row.reason for row in house.rows(office, InboxRow) if row.state == "parked"]


def test_an_activity_is_counted_in_every_office_above_without_its_case(house: House) -> None:
    kept = log(house, VILLAGE, case=CASE, by="gb-011", count=3, campaign="big_visit")
    (own,) = house.rows(VILLAGE, IntakeActivity)
    assert (own.case, own.matter) == (CASE, matter_of(CASE))
    for office in (TOWN, DISTRICT):
        (row,) = house.rows(office, IntakeActivity)
        assert (row.activity, row.office, row.case, row.matter) == (kept.activity, VILLAGE, "", matter_of(CASE))
        assert (row.by, row.count, row.campaign) == ("gb-011", 3, "big_visit")


def test_a_later_revision_replaces_and_an_older_one_changes_nothing(house: House) -> None:
    first = log(house, VILLAGE)
    with house.offices[VILLAGE].uow("intake", SYSTEM) as uow:
        acts.log(uow, first.changed(result="resolved"))
    house.post()
    data = {name: value for name, value in vars(first).items() if name != "case"}
    house.say(VILLAGE, "intake", Tell(DISTRICT, "intake", "activity_told", "", data))
    house.post()
    (row,) = house.rows(DISTRICT, IntakeActivity)
    assert (row.result, row.rev) == ("resolved", 2)


def test_only_its_own_office_tells_an_activity(house: House) -> None:
    first = log(house, VILLAGE)
    data = {name: value for name, value in vars(first).items() if name != "case"} | {"rev": 9}
    house.say(TOWN, "intake", Tell(DISTRICT, "intake", "activity_told", "", data))
    house.say(TOWN, "intake", Tell(DISTRICT, "intake", "activity_told", "", {**data, "office": TOWN}))
    house.say(DISTRICT, "intake", Tell(TOWN, "intake", "activity_told", "", {**data, "office": DISTRICT}))
    house.post()
    assert [reason.split(":")[0] for reason in parked(house, DISTRICT)] == ["not_below", "not_yours"]
    assert [reason.split(":")[0] for reason in parked(house, TOWN)] == ["not_below"]


def test_work_that_lies_ahead_is_not_believed_from_below(house: House) -> None:
    first = log(house, VILLAGE)
    told = {name: value for name, value in vars(first).items() if name not in ("case", "activity")}
    for ahead in (timedelta(minutes=59), timedelta(minutes=61)):
        data = {**told, "activity": new_id(), "at": NOW + ahead}
        house.say(VILLAGE, "intake", Tell(DISTRICT, "intake", "activity_told", "", data))
    house.post()
    assert [reason.split(":")[0] for reason in parked(house, DISTRICT)] == ["in_future"]
    assert len(house.rows(DISTRICT, IntakeActivity)) == 2


def test_a_campaign_is_known_below_and_is_its_own_offices(house: House) -> None:
    answer = house.command(DISTRICT, "intake", "set_campaign", CAMPAIGN, **LEADER)
    assert answer["ok"], answer
    house.post()
    for office in (TOWN, VILLAGE):
        (row,) = house.rows(office, IntakeCampaign)
        assert (row.office, row.name, row.visits_due, row.cadres) == (
            DISTRICT,
            "万名干部大走访",
            {VILLAGE: 120},
            ["gb-011"],
        )
    (shown,) = house.ask(VILLAGE, "intake", "campaigns", {})["result"]["campaigns"]
    assert (shown["since"], shown["until"]) == ("2026-05-01", "2026-12-31")
    changed = house.command(TOWN, "intake", "set_campaign", {**CAMPAIGN, "name": "改名"}, **LEADER)
    assert changed["error"]["code"] == "not_yours"
    house.command(DISTRICT, "intake", "set_campaign", {**CAMPAIGN, "name": "大走访"}, **LEADER)
    house.post()
    assert [row.name for row in house.rows(VILLAGE, IntakeCampaign)] == ["大走访"]


@pytest.mark.parametrize(("change", "field"), [
    ({"until": "2026-04-30"}, "until"),
    ({"visits_due": {"610402902": 3}}, "visits_due"),
    ({"campaign": "Big-1"}, "campaign"),
])  # fmt: skip
def test_a_wrong_campaign_is_named(house: House, change: dict[str, Any], field: str) -> None:
    answer = house.command(TOWN, "intake", "set_campaign", {**CAMPAIGN, **change}, **LEADER)
    assert list(answer["error"]["fields"]) == [field]
    assert house.rows(TOWN, IntakeCampaign) == []


def test_a_clerk_sets_up_no_campaign_and_a_sender_below_publishes_none(house: House) -> None:
    assert house.command(DISTRICT, "intake", "set_campaign", CAMPAIGN)["error"]["code"] == "leader_needed"
    data = {**CAMPAIGN, "rev": 1}
    house.say(VILLAGE, "intake", Tell(TOWN, "intake", "campaign_published", "", data))
    house.post()
    assert [reason.split(":")[0] for reason in parked(house, TOWN)] == ["not_above"]


def test_figures_and_ledgers_are_asked_for_by_days_and_only_downward(house: House) -> None:
    days = {"since": "2026-05-01", "until": "2026-05-31"}
    assert house.ask(TOWN, "intake", "figures", {**days, "office": DISTRICT})["error"]["code"] == "not_below"
    assert house.ask(TOWN, "intake", "figures", days, desk="discipline")["result"]["figures"] == []
    ledger = {**days, "ledger": "promises"}
    assert house.ask(TOWN, "intake", "export", ledger, desk="discipline")["error"]["code"] == "not_found"
    wrong = house.ask(TOWN, "intake", "export", {**days, "ledger": "no_such"})["error"]
    assert (wrong["code"], list(wrong["fields"])) == ("unknown_ledger", ["ledger"])
    late = house.ask(TOWN, "intake", "figures", {"since": "2026-05-02", "until": "2026-05-01"})["error"]
    assert list(late["fields"]) == ["until"]
