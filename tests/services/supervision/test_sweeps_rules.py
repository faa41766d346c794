"""Rules of sweeps, and that every period of every office stands exactly one way, whoever returns, is late or is dead."""

import random
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.calendar import SHANGHAI
from contracts.errors import Refused
from contracts.sweeps import DisputeStatus, Risk, Said
from services.supervision.models import PeriodRow
from services.supervision.service import SupervisionService
from services.supervision.sweeps import rules
from services.supervision.sweeps.rules import Dispute
from tests.services.house import DISTRICT, TOWN, VILLAGE, House, demo_policy, demo_tree, here_at

NOW = datetime(2026, 3, 20, 9, tzinfo=SHANGHAI)
ORCHARD = "610402901902"
HERE = here_at(VILLAGE, NOW, demo_tree(), demo_policy())


def known(number: int, risk: str = "yellow") -> Dispute:
    return Dispute(
        f"{number:032x}", f"N{number}", VILLAGE, "2026-03-10", date(2026, 3, 9), "", "C02", 2, risk, mass=False
    )


saying = st.sampled_from([word.value for word in Said])
colour = st.sampled_from(["", *(risk.value for risk in Risk)])


@given(
    said=st.lists(saying, max_size=6),
    colours=st.lists(colour, min_size=6, max_size=6),
    before=st.sampled_from(list(Risk)),
)
def test_each_open_dispute_is_said_of_once_and_its_risk_only_rises(
    said: Sequence[str], colours: Sequence[str], before: Risk
) -> None:
    open_ones = [known(number, before.value) for number in range(len(said))]
    given_words = [
        {"dispute": each.dispute, "said": word, "words": "", "risk": risk}
        for each, word, risk in zip(open_ones, said, colours, strict=False)
    ]
    if any(rises_wrongly(each, before) for each in given_words):
        with pytest.raises(Refused, match="只有加重"):
            rules.carry(open_ones, given_words, "2026-03-20", HERE)
        return
    carried = rules.carry(open_ones, given_words, "2026-03-20", HERE)
    assert [each.said for each in carried] == list(said)
    assert all(each.rev == 2 and each.period == "2026-03-20" for each in carried)
    assert all(list(Risk).index(Risk(each.risk)) <= list(Risk).index(before) for each in carried)
    assert [each.is_open for each in carried] == [word != "settled" for word in said]
    for missing in range(len(given_words)):
        with pytest.raises(Refused, match="逐件说明"):
            rules.carry(open_ones, [*given_words[:missing], *given_words[missing + 1 :]], "2026-03-20", HERE)


def rises_wrongly(given_word: Mapping[str, str], before: Risk) -> bool:
    """Whether it changes the colour of what is not worse, or to a lower one."""
    if not given_word["risk"] or given_word["said"] == "settled":
        return False
    order = list(Risk)
    return given_word["said"] == "still" or order.index(Risk(given_word["risk"])) > order.index(before)


def test_only_open_disputes_of_earlier_periods_must_be_said_of() -> None:
    other = known(2)
    some = [
        known(1),
        rules.replace(other, office=TOWN),
        rules.replace(known(3), period="2026-03-20"),
        rules.replace(known(4), status=DisputeStatus.RESOLVED.value),
        rules.replace(known(5), status=DisputeStatus.TO_CASE.value),
        rules.replace(known(6), status=DisputeStatus.EASED.value),
    ]
    assert [each.number for each in rules.must_be_said(some, "2026-03-20", HERE)] == ["N1", "N6"]


@pytest.mark.parametrize("seed", range(5))
def test_every_period_of_every_office_stands_exactly_one_way(tmp_path: Path, seed: int) -> None:
    """Random weeks: returns on time, late, repeated or never, offices cut off and back. Reckoned apart from the calendar."""
    chance = random.Random(seed)  # noqa: S311  a seeded choice, no secret
    start = datetime(2026, 3, 1, 9, tzinfo=SHANGHAI)
    house = House(tmp_path, {"supervision": SupervisionService}, policy=demo_policy())
    house.open([DISTRICT, TOWN, VILLAGE, ORCHARD], start)
    returned: dict[tuple[str, str], datetime] = {}
    for days in range(36):
        now = start + timedelta(days=days)
        house.set_time(now)
        house.cut = {office for office in (TOWN, VILLAGE, ORCHARD) if chance.random() < 0.25}
        house.poll()
        for office in (VILLAGE, ORCHARD):
            owed = [end for end in ends(now.date()) if (office, end) not in returned]
            for end in owed:
                if chance.random() < 0.3:
                    data = {"kind": "sweep", "period": end, "nil": True}
                    answer = house.command(office, "supervision", "return_period", data)
                    assert answer["ok"], answer
                    returned[office, end] = now
                    house.command(office, "supervision", "return_period", data)
    house.cut = {ORCHARD}
    house.poll()
    for office in (VILLAGE, ORCHARD):
        stood = look(house, office)
        assert set(stood) == set(ends(house.offices[DISTRICT].moment.date()))
        for end, word in stood.items():
            at = returned.get((office, end))
            due = datetime.combine(due_day(date.fromisoformat(end)), datetime.max.time(), SHANGHAI)
            arrived = at is not None and has_arrived(house, office, end)
            expected = (
                {"on_time"} if arrived and at <= due else {"late"} if arrived else {"open", "late", "unconfirmed"}
            )
            assert word in expected, (office, end, word, at)
        counted = figures(house, office)
        words = Counter(word for word in stood.values() if word != "open")
        assert counted["sweeps_village_due"][0] == words.total()
        assert [counted[f"sweeps_village_{name}"][0] for name in ("on_time", "late", "unknown")] == [
            words["on_time"], words["late"], words["unconfirmed"],
        ]  # fmt: skip


def due_day(end: date) -> date:
    """Two days after; from a weekend on to Monday (no holiday of these weeks is touched)."""
    day = end + timedelta(days=2)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)


def ends(today: date) -> list[str]:
    """The last days of the ten-day periods of March and April 2026 that have begun."""
    days = [date(2026, month, day) for month, last in ((3, 31), (4, 30)) for day in (10, 20, last)]
    return [day.isoformat() for day in days if day <= today]


def look(house: House, office: str) -> dict[str, str]:
    """Period → how the district sees it, each once."""
    wanted = {"office": office, "kind": "sweep", "limit": 500}
    found = house.ask(DISTRICT, "supervision", "periods", wanted)["result"]["periods"]
    names = [each["period"] for each in found]
    assert len(names) == len(set(names))
    return {each["period"]: each["stands"] for each in found if each["period"] >= "2026-03-01"}


def has_arrived(house: House, office: str, end: str) -> bool:
    rows = [row for row in house.rows(DISTRICT, PeriodRow) if (row.office, row.period) == (office, end)]
    return any(row.returned_at is not None for row in rows)


def figures(house: House, office: str) -> dict[str, Any]:
    wanted = {
        "since": "2026-03-04",
        "until": "2026-04-30",
        "office": office,
    }  # the last days of February were due before
    found = house.ask(DISTRICT, "supervision", "figures", wanted)["result"]["figures"]
    return {each["name"]: (each["value"], each["base"]) for each in found}
