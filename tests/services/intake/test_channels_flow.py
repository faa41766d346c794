"""Channels over three tiers: set up, minded, told upward and to the portal, coverage of the network (S12, S15, S16, S22)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from network.ids import new_id
from services.intake.channels.models import IntakeChannel
from services.intake.models import IntakeReport
from services.intake.service import IntakeService
from tests.services.house import DISTRICT, TOWN, VILLAGE, House
from tests.services.intake.channels import (
    LEADER,
    LI,
    MAY,
    NOW,
    WANG,
    ZHAO,
    ask,
    channel,
    do,
    figures,
    ledger,
    minded,
    parked,
    petition,
    refused,
    set_up,
)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    opened = House(tmp_path, {"intake": IntakeService}).open([DISTRICT, TOWN, VILLAGE], NOW)
    yield opened
    for office in opened.offices.values():
        office.engine.dispose()


def published(house: House) -> list[dict[str, Any]]:
    return [row.body["data"] for row in house.unread if row.type == "channel_published"]


def alerts(house: House, office: str) -> list[tuple[str, str, str, str | None]]:
    found = ask(house, office, "channel_alerts")["alerts"]
    return [(each["office"], each["why"], each["since"], each["until"]) for each in found]


def test_s16_a_public_channel_is_told_to_the_portal_and_leaves_it_when_it_is_closed(house: House) -> None:
    made = minded(house, VILLAGE, "box")
    (told,) = published(house)
    assert (told["channel"], told["label"], told["address"], told["withdrawn"]) == (
        made,
        "大门信箱",
        "望塬村1号",
        False,
    )
    assert not {"clerk", "clerk_name", "deputy", "away", "by"} & set(told), "who minds it is not for the public"
    assert figures(house, DISTRICT)["channels_public"] == (1, 1)
    do(house, VILLAGE, "set_channel", channel("box", channel=made, place="大门右侧"))
    do(house, VILLAGE, "close_channel", {"channel": made, "why": "拆除"})
    assert [(each["place"], each["withdrawn"]) for each in published(house)[1:]] == [
        ("大门右侧", False),
        ("大门右侧", True),
    ]
    (row,) = house.ask(VILLAGE, "intake", "channels", {})["result"]["channels"]
    assert (row["state"], row["why"]) == ("closed", "拆除")
    gone = house.command(VILLAGE, "intake", "close_channel", {"channel": made, "why": "又"}, **LEADER)
    assert refused(gone) == ("channel_closed", ["channel"])


def test_a_channel_that_is_public_no_more_is_withdrawn_and_one_that_never_was_is_told_nobody(house: House) -> None:
    set_up(house, TOWN, "phone", public=False)
    assert published(house) == []
    made = set_up(house, TOWN, "box")
    do(house, TOWN, "set_channel", channel("box", channel=made, public=False))
    assert [each["withdrawn"] for each in published(house)] == [False, True]
    assert len(ask(house, DISTRICT, "channels", {"office": TOWN})["channels"]) == 2, "above all are known"


def test_a_change_keeps_the_old_row_with_its_end(house: House) -> None:
    made = set_up(house, TOWN, "phone")
    house.pass_time(1)
    do(house, TOWN, "set_channel", channel("phone", channel=made, phone="029-7654321", why="换号"))
    for office in (TOWN, DISTRICT):
        rows = sorted(house.rows(office, IntakeChannel), key=lambda row: row.rev)
        assert [(row.phone, row.replaced_at) for row in rows] == [
            ("029-1234567", NOW + timedelta(days=1)),
            ("029-7654321", None),
        ]
    past = ask(house, TOWN, "channels", {"history": True})["channels"]
    assert [(each["rev"], each["why"]) for each in past] == [(2, "换号"), (1, "")]
    assert [
        row["phone"] for row in ledger(house, TOWN, "channels", {"since": "2026-05-08", "until": "2026-05-08"})
    ] == ["029-1234567"], "the ledger of a day is what stood on it"


@pytest.mark.parametrize(
    ("kind", "change", "fields"),
    [
        ("phone", {"phone": ""}, ["phone"]),
        ("phone", {"hours": ""}, ["hours"]),
        ("phone", {"phone": "拨打"}, ["phone"]),
        ("leader_mailbox", {"official": None, "mailbox": ""}, ["mailbox", "official"]),
        ("leader_mailbox", {"mailbox": "nobody"}, ["mailbox"]),
        ("box", {"address": ""}, ["address"]),
        ("box", {"official": {"id": "gb-011", "name": "石磊", "post": "镇长"}}, ["official"]),
        ("visit", {"capacity": 0}, ["capacity"]),
        ("box", {"until": "2026-04-30"}, ["until"]),
        ("box", {"kind": "sweep"}, ["kind"]),
    ],
)
def test_a_wrong_channel_is_named_by_field_and_nothing_is_written(
    house: House, kind: str, change: dict[str, Any], fields: list[str]
) -> None:
    answer = house.command(TOWN, "intake", "set_channel", {**channel(kind), **change}, **LEADER)
    assert refused(answer)[1] == fields
    assert house.rows(TOWN, IntakeChannel) == []


def test_channels_are_a_leaders_to_set_at_the_petition_desk(house: House) -> None:
    made = set_up(house, TOWN, "box")
    staff = {"channel": made, "clerk": WANG, "since": "2026-05-01"}
    acts = (
        ("set_channel", channel("box")),
        ("close_channel", {"channel": made, "why": "x"}),
        ("set_staff", staff),
        ("import_channels", {"channels": [channel("phone")]}),
        ("set_absence", {"account": "王五", "since": "2026-05-01"}),
    )
    for actor in ({"roles": ["clerk"]}, {"desk": "discipline", "roles": ["head", "leader"]}):
        for method, data in acts:
            assert house.command(TOWN, "intake", method, data, **actor)["error"]["code"] == "leader_needed", method
    assert [row.rev for row in house.rows(TOWN, IntakeChannel)] == [1]
    mine = house.command(TOWN, "intake", "set_absence", {"account": "王五", "since": "2026-05-01"}, id="王五")
    assert mine["ok"], "who is away says so himself"


def test_another_offices_channel_is_not_found(house: House) -> None:
    made = set_up(house, VILLAGE, "box")
    for method, data in (
        ("set_channel", channel("box", channel=made)),
        ("close_channel", {"channel": made, "why": "x"}),
        ("set_staff", {"channel": made, "clerk": WANG, "since": "2026-05-01"}),
    ):
        assert house.command(TOWN, "intake", method, data, **LEADER)["error"]["code"] == "not_found"
    assert refused(house.ask(VILLAGE, "intake", "channels", {"office": TOWN})) == ("not_below", ["office"])


def test_only_its_own_office_tells_a_channel(house: House) -> None:
    set_up(house, VILLAGE, "box")
    (row,) = house.rows(TOWN, IntakeChannel)
    names = [column.key for column in IntakeChannel.__table__.columns if column.key != "replaced_at"]
    data = {name: getattr(row, name) for name in names} | {"rev": 9, "label": "假的"}
    house.say(TOWN, "intake", Tell(DISTRICT, "intake", "channel_told", "", data))
    house.say(TOWN, "intake", Tell(DISTRICT, "intake", "channel_told", "", {**data, "office": TOWN}))
    house.say(DISTRICT, "intake", Tell(TOWN, "intake", "channel_told", "", {**data, "office": DISTRICT}))
    house.say(VILLAGE, "intake", Tell(TOWN, "intake", "channel_told", "", {**data, "rev": 1}))
    house.post()
    assert (parked(house, DISTRICT), parked(house, TOWN)) == (["not_below", "not_yours"], ["not_below"])
    for office in (TOWN, DISTRICT):
        assert [each.label for each in house.rows(office, IntakeChannel)] == ["大门信箱"]


def test_s15_a_channel_that_nobody_minds_is_an_alert_here_and_above_until_somebody_does(house: House) -> None:
    made = set_up(house, VILLAGE, "phone")
    for office in (VILLAGE, TOWN, DISTRICT):
        assert alerts(house, office) == [(VILLAGE, "no_clerk", "2026-05-01", None)]
        assert figures(house, office)["channels_staffed"] == (0, 1)
    do(house, VILLAGE, "set_staff", {"channel": made, "clerk": WANG, "deputy": LI, "since": "2026-05-08"})
    for office in (VILLAGE, TOWN, DISTRICT):
        assert alerts(house, office) == []
        assert figures(house, office)["channels_staffed"] == (1, 1)
    assert figures(house, DISTRICT, office=TOWN)["channels_staffed"] == (1, 1)
    before = {"since": "2026-05-01", "until": "2026-05-07"}
    assert figures(house, TOWN, before)["channels"] == (0, None), "what was not yet recorded then is not counted then"


def test_s15_a_clerk_away_is_stood_in_for_and_both_away_are_an_alert_for_those_days(house: House) -> None:
    minded(house, VILLAGE, "phone")
    do(house, VILLAGE, "set_absence", {"account": "王五", "since": "2026-05-07", "until": "2026-05-20"})
    assert alerts(house, TOWN) == [], "the deputy stands in"
    mine = do(
        house, VILLAGE, "set_absence", {"account": "李四", "since": "2026-05-08", "until": "2026-05-12"}, id="李四"
    )
    assert alerts(house, TOWN) == [(VILLAGE, "both_away", "2026-05-08", "2026-05-12")]
    assert figures(house, DISTRICT)["channels_staffed"] == (0, 1)
    back = {"absence": mine["absence"]["absence"], "until": "2026-05-09"}
    house.pass_time(2)
    do(house, VILLAGE, "end_absence", back, id="李四")
    assert alerts(house, TOWN) == []
    other = house.command(VILLAGE, "intake", "end_absence", back, id="王五")
    assert refused(other)[0] == "leader_needed"
    early = house.command(VILLAGE, "intake", "end_absence", {**back, "until": "2026-05-01"}, **LEADER)
    assert refused(early) == ("before_since", ["until"])


def test_s15_a_clerk_who_is_gone_leaves_the_channel_unminded_whoever_stands_in(house: House) -> None:
    made = minded(house, VILLAGE, "phone")
    do(house, VILLAGE, "set_absence", {"account": "王五", "since": "2026-05-06"})
    assert alerts(house, DISTRICT) == [(VILLAGE, "clerk_gone", "2026-05-06", None)]
    again = {"channel": made, "clerk": WANG, "deputy": None, "since": "2026-05-08"}
    assert refused(house.command(VILLAGE, "intake", "set_staff", again, **LEADER)) == ("person_gone", ["clerk"])
    do(house, VILLAGE, "set_staff", {**again, "clerk": ZHAO, "deputy": LI})
    assert alerts(house, DISTRICT) == []
    rows = [row for row in house.rows(DISTRICT, IntakeChannel) if row.replaced_at is None]
    assert [(row.clerk, row.deputy) for row in rows] == [("赵六", "李四")]
    for change, field in (({"since": "2026-05-09"}, "since"), ({"deputy": ZHAO}, "deputy")):
        wrong = {**again, "clerk": ZHAO, **change}
        assert field in refused(house.command(VILLAGE, "intake", "set_staff", wrong, **LEADER))[1]


def test_s15_a_registration_bears_the_channel_that_it_came_through(house: House) -> None:
    phone, box = minded(house, VILLAGE, "phone"), minded(house, VILLAGE, "box")
    ahead = set_up(house, VILLAGE, "phone", label="新电话", since="2026-06-01")
    elsewhere = minded(house, TOWN, "phone")
    do(house, VILLAGE, "register", petition(via=phone), roles=["clerk"])
    assert [(row.via, row.clerk) for row in house.rows(VILLAGE, IntakeReport)] == [(phone, "张三")]
    (file,) = [row.body["data"]["file"] for row in house.unread if row.type == "case_registered"]
    assert "via" not in file
    for via, code in ((box, "wrong_channel"), (elsewhere, "unknown_channel"), (ahead, "channel_not_live")):
        answer = house.command(VILLAGE, "intake", "register", petition(via=via))
        assert refused(answer) == (code, ["via"])
    assert len(house.rows(VILLAGE, IntakeReport)) == 1


def test_what_a_sealed_report_came_through_stays_in_its_own_row_and_counts_nowhere(house: House) -> None:
    phone = minded(house, DISTRICT, "phone")
    case = new_id()
    envelope = {"version": 1, "case": case, "ciphertext": "c2VhbGVk", "keys": {f"{DISTRICT}/discipline": "k"}}
    sealed = {"case": case, "receipt_hash": new_id() * 2, "channel": "phone", "nature": "accuse", "real_name": False}
    to = {"recipient_office": DISTRICT, "recipient_desk": "discipline", "sealed": envelope, "contactable": False}
    do(house, DISTRICT, "register_sealed", {**sealed, **to, "via": phone}, desk="discipline", roles=["clerk", "triage"])
    assert [row.via for row in house.rows(DISTRICT, IntakeReport)] == [phone]
    (shown,) = ask(house, DISTRICT, "channel_reports", MAY)["channels"]
    assert shown["reports"] == 0
    assert phone not in str([row.body for row in house.unread if row.type != "channel_published"])
    assert house.ask(DISTRICT, "intake", "channel_reports", MAY, desk="discipline")["error"]["code"] == "not_found"


def test_s12_a_leaders_mailbox_is_published_with_its_leader_and_its_replies_are_counted(house: House) -> None:
    box = minded(house, TOWN, "leader_mailbox")
    (told,) = published(house)
    assert (told["mailbox"], told["official_name"], told["official_post"]) == ("zhen@example.org", "石磊", "镇长")
    assert "official" not in told
    cases = [
        do(house, TOWN, "register", petition(channel="leader_mailbox", via=box), roles=["clerk"])["case"]
        for _ in range(4)
    ]
    for days, case in zip((3, 5, 9), cases, strict=False):
        at = NOW + timedelta(days=days)
        house.set_time(at)
        facts = {"kind": "accepted", "at": at, "receipt_hash": "9" * 64, "desk": "petition", "facts": {}}
        house.say(TOWN, "assignment", Tell(TOWN, "intake", "notice_wanted", case, facts))
        house.post()
    shown = ask(house, TOWN, "channel_reports", MAY)["channels"]
    assert [(each["label"], each["reports"], each["replied"], each["median_days"]) for each in shown] == [
        ("镇长信箱", 4, 3, 5)
    ]
    counted = figures(house, TOWN)
    assert (counted["mailbox_reports"], counted["mailbox_replied"]) == ((4, None), (3, 4))
    assert counted["mailbox_reply_days"] == (5, 3)


def test_s22_the_network_is_covered_where_a_live_channel_has_phone_hours_and_a_named_clerk(house: House) -> None:
    lacking = ask(house, DISTRICT, "network_coverage")
    assert (lacking["covered"], lacking["should"]) == (0, len(lacking["offices"]))
    tiers = {each["tier"]: each["should"] for each in lacking["tiers"]}
    below = house.tree.descendants(DISTRICT)
    assert tiers["village"] == sum(each.tier == "village" for each in below)
    assert tiers["department"] == sum(each.tier == "department" for each in below)
    minded(house, VILLAGE, "phone")
    set_up(house, TOWN, "phone")
    minded(house, TOWN, "box")
    found = {each["office"]: each for each in ask(house, DISTRICT, "network_coverage")["offices"]}
    assert (found[VILLAGE]["covered"], found[VILLAGE]["clerk"], found[VILLAGE]["phone"]) == (
        True,
        "王五",
        "029-1234567",
    )
    assert (found[TOWN]["covered"], found[TOWN]["lacks"]) == (False, ["clerk"]), "one channel has to have it all"
    assert found[DISTRICT]["lacks"] == ["channel", "phone", "hours", "clerk"]
    whole = figures(house, DISTRICT)
    assert whole["network_covered"] == (1, lacking["should"])
    assert whole["network_covered_village"] == (1, tiers["village"])
    assert whole["network_covered_department"] == (0, tiers["department"])
    gaps = ask(house, TOWN, "network_coverage", {"tier": "village", "gaps_only": True})
    assert (gaps["covered"], gaps["should"]) == (1, 2)
    assert [each["office"] for each in gaps["offices"]] == ["610402901902"]
    do(house, VILLAGE, "set_absence", {"account": "王五", "since": "2026-05-08"})
    assert figures(house, DISTRICT)["network_covered"] == (0, lacking["should"])
    assert "network_covered" not in figures(house, DISTRICT, campaign="big_visit")


def test_an_expired_channel_is_live_no_more_without_anybodys_act(house: House) -> None:
    minded(house, VILLAGE, "phone", until="2026-05-20")
    house.set_time(datetime(2026, 5, 20, 23, 59, tzinfo=SHANGHAI))
    assert figures(house, TOWN)["channels"] == (1, None)
    house.set_time(datetime(2026, 5, 21, 0, 0, tzinfo=SHANGHAI))
    assert figures(house, TOWN)["channels"] == (0, None)
    assert ask(house, TOWN, "channels", {"office": VILLAGE})["channels"][0]["state"] == "expired"
    assert ledger(house, VILLAGE, "channels") == []


def test_a_file_of_channels_is_imported_whole_or_not_and_twice_changes_nothing(house: House) -> None:
    rows = [channel("phone", clerk=WANG, deputy=LI), channel("box")]
    assert do(house, TOWN, "import_channels", {"channels": rows}) == {"added": 2, "changed": 0, "same": 0}
    assert do(house, TOWN, "import_channels", {"channels": rows}) == {"added": 0, "changed": 0, "same": 2}
    again = [channel("phone", clerk=WANG, deputy=LI, hours="全天"), channel("box", clerk=ZHAO)]
    assert do(house, TOWN, "import_channels", {"channels": again}) == {"added": 0, "changed": 2, "same": 0}
    shown = {each["kind"]: each for each in ask(house, TOWN, "channels")["channels"]}
    assert (shown["phone"]["hours"], shown["box"]["clerk"]) == ("全天", "赵六")
    bad = [channel("box", label="另一个"), channel("visit", capacity=0)]
    answer = house.command(TOWN, "intake", "import_channels", {"channels": bad}, **LEADER)
    assert answer["error"]["fields"] == {
        "channels": {1: {"capacity": ["此类渠道须填写 (a channel of this kind needs it)"]}}
    }
    assert len(ask(house, TOWN, "channels")["channels"]) == 2
