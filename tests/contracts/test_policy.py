"""The demo district's policy: what it says, that it can travel as JSON, and every way a file can be wrong."""

import json
from datetime import date, datetime
from pathlib import Path

import pytest

from contracts.accused import RANKS
from contracts.calendar import SHANGHAI, CalendarDays, WorkingDaysCount, end_of_day
from contracts.policy import Policy
from contracts.policy_schema import policy_from
from contracts.words import Desk, Form, Gate
from network.offices import load_district
from network.policy_loader import FILES, PolicyFileError, by_version, in_force, load_policy

DEMO = Path(__file__).parents[2] / "policy" / "demo"


@pytest.fixture(scope="module")
def demo() -> Policy:
    return load_policy(DEMO)


def at(month: int, day: int, hour: int = 10) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=SHANGHAI)


def test_the_terms_are_those_of_the_law(demo: Policy) -> None:
    working = {"K4": 5, "K16": 10, "K17": 15, "K18": 15, "K19": 5, "K20": 5, "K24": 3, "K28": 1}
    working |= {"K21": 10, "K22": 15, "K23": 10}
    calendar = {"K1": 15, "K2": 15, "K3": 15, "K5": 60, "K6": 30, "K7": 30, "K8": 30, "K9": 30, "K10": 30}
    calendar |= {"K12": 31, "K13": 60, "K15": 30, "K25": 2}
    terms = {code: clock.days for code, clock in demo.clocks.items()}
    assert terms == {
        **{code: WorkingDaysCount(count) for code, count in working.items()},
        **{code: CalendarDays(count) for code, count in calendar.items()},
        **dict.fromkeys(("K11", "K14", "K26", "K27")),
    }
    assert {code for code, clock in demo.clocks.items() if clock.of == "reporter"} == {"K7", "K9"}
    assert demo.clocks["K10"].pauses == ("hearing",)
    assert demo.clocks["K2"].needs_contact


def test_lists_are_complete(demo: Policy) -> None:
    assert len(demo.categories) == 17
    assert [code for code, category in demo.categories.items() if category.confidential] == ["C15"]
    assert set(demo.accused_routing) == set(RANKS)
    assert set(demo.hearing_forms) == set(Form)
    assert set(demo.on_the_spots) == set(Gate)
    assert {word: term.years for word, term in demo.retention.items()} == {"permanent": None, "long": 30, "short": 10}
    assert (demo.simple_accept_days, demo.resolved_after_days) == (WorkingDaysCount(3), CalendarDays(90))
    assert demo.category("C0306").zh == "城乡建设"
    assert demo.category("C15").second[3].zh == "干部作风"
    assert demo.violations["012401"] == "侵害群众利益"
    with pytest.raises(KeyError, match="no category 'C99'"):
        demo.category("C99")


@pytest.mark.parametrize(
    ("ground", "word"),
    [
        ("litigation", "诉讼、仲裁、行政复议"),
        ("reconsideration", "第三十一条"),
        ("not_ours", "不属于本机关职权"),
        ("in_hand", "第十九条"),
        ("final", "第三十六条"),
        ("no_substance", "没有实质内容"),
    ],
)
def test_the_grounds_for_refusing_are_those_of_the_articles(demo: Policy, ground: str, word: str) -> None:
    assert word in demo.decline_reasons[ground]


def test_offices_and_bodies_it_names_exist(demo: Policy) -> None:
    district = load_district(DEMO / "district.toml")
    owners = {owner for category in demo.categories.values() for owner in category.owners}
    assert all(district.in_network(owner) for owner in owners)
    organs = {organ for each in demo.review_chain.values() for organ in (each.review, each.final_review)}
    assert organs <= {"district", "", *district.bodies}


def test_it_travels_as_json_and_comes_back_the_same(demo: Policy) -> None:
    assert policy_from(json.loads(json.dumps(dict(demo.body)))) == demo


def test_a_clock_ends_by_its_own_kind_of_days(demo: Policy) -> None:
    assert demo.due("K1", at(2, 2)).at == end_of_day(date(2026, 2, 24))
    assert demo.due("K4", at(2, 13)).at == end_of_day(date(2026, 2, 27))
    paused = demo.due("K10", at(3, 2), pauses=[(at(3, 10), at(3, 12))])
    assert paused.at > demo.due("K10", at(3, 2)).at
    with pytest.raises(ValueError, match="the sender sets it"):
        demo.due("K11", at(3, 2))


def test_an_extension_is_bounded(demo: Policy) -> None:
    given = demo.due("K5", at(3, 3))
    assert demo.extended("K5", given, CalendarDays(30)).at == end_of_day(date(2026, 6, 5))
    extension = demo.extension_of("K5")
    assert extension is not None
    assert (extension.id, extension.times) == ("K6", 1)
    with pytest.raises(ValueError, match="at most 30日, not 31日"):
        demo.extended("K5", given, CalendarDays(31))
    with pytest.raises(ValueError, match="at most 30日, not 5个工作日"):
        demo.extended("K5", given, WorkingDaysCount(5))
    with pytest.raises(ValueError, match="cannot be extended"):
        demo.extended("K8", given, CalendarDays(1))


def test_two_ladders_that_never_cross(demo: Policy) -> None:
    petition, discipline = (demo.steps("K1", desk) for desk in (Desk.PETITION, Desk.DISCIPLINE))
    assert [step.who for step in petition] == ["holder", "nearest", "town", "district", "leaders", "bulletin"]
    assert [step.who for step in discipline] == [
        "holder",
        "town_desk",
        "district_discipline",
        "area_holder",
        "secretary",
        "city",
    ]
    assert demo.steps("K7", Desk.PETITION) == ()


def test_a_hand_over_is_reminded_after_one_working_day(demo: Policy) -> None:
    due = demo.due("K24", at(2, 13)).at  # 14 February works, then rest until the 24th
    reminder, order = demo.steps("K24", Desk.PETITION)[:2]
    assert due == end_of_day(date(2026, 2, 25))
    assert reminder.at(due) == end_of_day(date(2026, 2, 14))
    assert order.at(due) == end_of_day(date(2026, 2, 26))


def test_warning_levels_of_a_running_term(demo: Policy) -> None:
    start, due = at(3, 1, 0), at(3, 11, 0)
    names = [demo.lateness_of(start, due, at(3, day, 0)).name for day in (1, 6, 9, 10, 11, 30)]
    assert names == ["normal", "notice", "warning", "serious", "overdue", "overdue"]


def test_versions_are_found_by_name_and_by_time(demo: Policy) -> None:
    later = policy_from({**demo.body, "version": "2026.2", "valid_from": "2026-06-01T00:00:00+08:00"})
    assert in_force([later, demo], at(5, 31)).version == "2026.1"
    assert in_force([demo, later], at(6, 1)).version == "2026.2"
    assert by_version([demo, later], "2026.2") is later
    with pytest.raises(LookupError, match=r"2025"):
        in_force([demo], datetime(2025, 12, 31, tzinfo=SHANGHAI))
    with pytest.raises(LookupError, match="'2027'"):
        by_version([demo], "2027")


@pytest.mark.parametrize(
    ("file", "old", "new", "fault"),
    [
        ("policy.toml", "days = 60", "days = -60", r"policy\.toml, key clocks\.K5\.term\.days: Must be"),
        ("policy.toml", "days = 60", 'days = "60"', r"key clocks\.K5\.term\.days: Not a valid integer"),
        ("policy.toml", 'days = 60, day_type = "calendar"', "days = 60", r"key clocks\.K5\.term\.day_type: Missing"),
        ("policy.toml", "[clocks.K24]", "[clocks.K99]", r"key clocks: missing: K24; unknown: K99"),
        ("policy.toml", 'who = "bulletin"', 'who = "secretary"', r"ladders\.petition: the two ladders never cross"),
        ("policy.toml", "offset = 15", "offset = 10", r"ladders\.petition: offsets must rise"),
        ("policy.toml", "offset = -3", "offset = 0", r"ladders\.petition: the first step, and only it"),
        ("policy.toml", 'name = "town"', 'name = "order"', r"ladders\.petition: step order stands twice"),
        ("policy.toml", 'villager = "town"', 'villager = "village"', r"key accused_routing\.villager: Must be one of"),
        ("policy.toml", "times = 1", "times = 0", r"key clocks\.K6: extends and times go together"),
        ("policy.toml", 'extends = "K5"', 'extends = "K6"', r"clocks\.K6: an extension has a term and lengthens"),
        ("policy.toml", "below = 75", "below = 40", r"key lateness: levels must rise"),
        ("policy.toml", "2026-01-01T00:00:00+08:00", "2026-01-01T00:00:00", r"valid_from: Not a valid aware datetime"),
        ("policy.toml", "bounce_limit", "bounce_limits", r"key bounce_limits: Unknown field"),
        ("policy.toml", "on_site =", "off_site =", r"key hearing_forms: missing: on_site; unknown: off_site"),
        ("policy.toml", 'version = "2026.1"', "version = ", r"policy\.toml: cannot be read"),
        ("categories.toml", "confidential = true", "", r"categories\.toml, key categories: none is confidential"),
        ("categories.toml", "C0102 =", "C0201 =", r"categories\.toml, key categories: code C0201 stands twice"),
        ("categories.toml", '["610402d07"]', '["政法委"]', r"categories\.toml, key categories\.C08\.owners\.0: String"),
        ("categories.toml", "[violations]", "[clocks]", r"key clocks stands in both"),
    ],
)
def test_a_wrong_key_is_named_by_file_and_path(tmp_path: Path, file: str, old: str, new: str, fault: str) -> None:
    for name in FILES:
        text = (DEMO / name).read_text(encoding="utf-8")
        if name == file:
            assert old in text
            text = text.replace(old, new, 1)
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(PolicyFileError, match=fault):
        load_policy(tmp_path)
