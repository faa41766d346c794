"""K14, K17 to K20 and K28: a call for help (XF22 art. 25), what is owed on discipline reports (JK arts 15, 16, 26, 27, 49)."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from network.ids import new_id
from tests.services.bench import (
    DISCIPLINE,
    SECOND,
    Bench,
    is_late_one_second_after,
    morning,
    runs_to_its_last_second,
    spans,
)
from tests.services.house import DISTRICT, TOWN, VILLAGE

FIFTEEN_WORKING_DAYS = spans(
    ("plain", "2026-03-02", "2026-03-23"),
    ("holiday", "2026-03-20", "2026-04-13"),
    ("make_up", "2026-04-20", "2026-05-13"),
)
FIVE_WORKING_DAYS = spans(
    ("plain", "2026-03-02", "2026-03-09"),
    ("holiday", "2026-02-12", "2026-02-26"),
    ("make_up", "2026-05-06", "2026-05-12"),
)
ONE_WORKING_DAY = spans(
    ("plain", "2026-03-02", "2026-03-03"),
    ("holiday", "2026-02-14", "2026-02-24"),
    ("make_up", "2026-05-08", "2026-05-09"),
)
ONE_START = spans(("plain", "2026-03-02", "2026-03-23"))
FINDING = {"verdict": "proved", "opinion": "给予党内警告"}


@pytest.mark.parametrize("start", [morning("2026-03-02")])
def test_k14_answered_in_the_last_second(bench: Bench) -> None:
    due = called_for_help(bench)
    offices = (bench.holder, *bench.above)
    bench.to(due)
    assert [bench.clock(office, "K14")["state"] for office in offices] == ["running", "running"]
    bench.do("intake", "record_call", case=bench.case, who=first_called(bench), answered=True)
    assert [bench.clock(office, "K14")["stopped_at"] for office in offices] == [due, due]
    bench.to(due + timedelta(days=3))
    assert [bench.late_steps(office, "K14") for office in offices] == [{}, {}]


@pytest.mark.parametrize("start", [morning("2026-03-02")])
def test_k14_is_late_one_second_after(bench: Bench) -> None:
    due = called_for_help(bench)
    bench.to(due + SECOND)
    bench.hear(TOWN)
    assert [bench.clock(office, "K14")["lateness"] for office in (TOWN, DISTRICT)] == ["overdue", "overdue"]


def called_for_help(bench: Bench) -> datetime:
    """Somebody in danger at the town. → half an hour later."""
    bench.register(TOWN).do("intake", "raise_emergency", case=bench.case, what="有人扬言跳楼")
    due = morning("2026-03-02") + timedelta(minutes=30)
    assert {bench.clock(office, "K14")["due"] for office in (TOWN, DISTRICT)} == {due}
    return due


def first_called(bench: Bench) -> str:
    shown = bench.house.ask(TOWN, "intake", "emergencies", {})["result"]["emergencies"]
    return str(shown[0]["next"]["who"])


@FIFTEEN_WORKING_DAYS
def test_k17_acceptance_told_in_the_last_second(bench: Bench, due: datetime) -> None:
    bench.register_sealed()
    runs_to_its_last_second(bench, "K17", due, lambda: bench.of_case("accept"))


@FIFTEEN_WORKING_DAYS
def test_k17_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    bench.register_sealed()
    is_late_one_second_after(bench, "K17", due, lambda: bench.of_case("accept"), "discipline_room")


@ONE_START
def test_k17_goes_with_the_report_to_whoever_handles_it(bench: Bench, due: datetime) -> None:
    bench.register_sealed().to(morning("2026-03-04")).offer(TOWN).sign(TOWN)
    is_late_one_second_after(bench, "K17", due, lambda: bench.of_case("accept"), "discipline_room")


@ONE_START
def test_k17_does_not_run_for_a_repeat(bench: Bench, due: datetime) -> None:
    bench.register_sealed(real_name=False)
    shown = bench.house.ask(DISTRICT, "assignment", "get_case", {"case": bench.case}, **DISCIPLINE)["result"]["case"]
    bench.register_sealed().of_case("link_repeat", repeat_of=shown["number"])
    bench.to(due + SECOND)
    assert bench.clock(DISTRICT, "K17")["state"] == "stopped"
    assert bench.late_steps(DISTRICT, "K17") == {}


def concluded(bench: Bench) -> Bench:
    bench.register_sealed().of_case("accept")
    return bench.issue(**FINDING)


def fed_back(bench: Bench) -> dict[str, object]:
    return bench.of_case("feed_back", way="phone", told_by="甲")


@FIFTEEN_WORKING_DAYS
def test_k18_told_the_result_in_the_last_second(bench: Bench, due: datetime) -> None:
    runs_to_its_last_second(concluded(bench), "K18", due, lambda: fed_back(bench))


@FIFTEEN_WORKING_DAYS
def test_k18_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    is_late_one_second_after(concluded(bench), "K18", due, lambda: fed_back(bench), "discipline_room")


def belongs_to_the_city(bench: Bench) -> Bench:
    bench.register_sealed(real_name=False, contactable=False)
    found = {"case": bench.case, "body": "city-discipline"}
    assert bench.house.command(bench.holder, "assignment", "belongs_above", found, **{**DISCIPLINE, "id": "李四"})["ok"]
    bench.house.post()
    return bench


def sent_up(bench: Bench) -> dict[str, object]:
    return bench.of_case("sent_up", way="courier", document_no="秦纪信〔2026〕1号")


@FIVE_WORKING_DAYS
def test_k19_found_at_triage_and_sent_up_in_the_last_second(bench: Bench, due: datetime) -> None:
    runs_to_its_last_second(belongs_to_the_city(bench), "K19", due, lambda: sent_up(bench))


@FIVE_WORKING_DAYS
def test_k19_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    is_late_one_second_after(belongs_to_the_city(bench), "K19", due, lambda: sent_up(bench), "discipline_room")


def unopened(bench: Bench, office: str = DISTRICT) -> Bench:
    """A letter whose outer envelope says that it belongs to the city: a custody line and nothing else."""
    bench.desk, bench.holder, bench.above, bench.case = "discipline", office, (), new_id()
    named = {"recipient_office": "city-discipline", "recipient_desk": "discipline", "sealed": None}
    plain = {"receipt_hash": new_id() * 2, "channel": "letter", "nature": "accuse"}
    bench.do("intake", "register_sealed", case=bench.case, real_name=False, contactable=False, **plain, **named)
    return bench


@FIVE_WORKING_DAYS
def test_k19_a_letter_sent_up_unopened_in_the_last_second(bench: Bench, due: datetime) -> None:
    runs_to_its_last_second(unopened(bench), "K19", due, lambda: sent_unopened(bench))


@FIVE_WORKING_DAYS
def test_k19_a_letter_left_unsent_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    is_late_one_second_after(unopened(bench), "K19", due, lambda: sent_unopened(bench), "discipline_room")


@FIVE_WORKING_DAYS
def test_k19_a_letter_at_a_village_is_late_one_second_after_and_its_head_sees_it(bench: Bench, due: datetime) -> None:
    """Where no discipline desk is, the list of the office's head says what the discipline ladder says elsewhere."""
    unopened(bench, VILLAGE)
    chief = {"roles": ["clerk", "leader", "head"]}

    def line() -> dict[str, Any]:
        return dict(bench.house.ask(VILLAGE, "intake", "custody", {}, **chief)["result"]["lines"][0])

    bench.to(due)
    assert (line()["due"], line()["late"]) == (due.astimezone(UTC).isoformat(), False)
    bench.to(due + SECOND)
    assert (line()["late"], bench.clock(VILLAGE, "K19")["lateness"]) == (True, "overdue")
    sent = {"case": bench.case, "way": "专人", "document_no": "秦村送〔2026〕2号"}
    assert bench.house.command(VILLAGE, "intake", "send_up", sent, **chief)["ok"]
    bench.house.post()
    assert bench.clock(VILLAGE, "K19")["stopped_at"] == due + SECOND
    assert line()["late"] is True


def sent_unopened(bench: Bench) -> dict[str, object]:
    return bench.do("intake", "send_up", case=bench.case, way="机要", document_no="秦纪信〔2026〕2号")


@FIVE_WORKING_DAYS
def test_k20_accepted_below_in_the_last_second(bench: Bench, due: datetime) -> None:
    bench.register_sealed(real_name=False).offer(TOWN).sign(TOWN)
    runs_to_its_last_second(bench, "K20", due, lambda: bench.of_case("accept"))


@FIVE_WORKING_DAYS
def test_k20_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    bench.register_sealed(real_name=False).offer(TOWN).sign(TOWN)
    is_late_one_second_after(bench, "K20", due, lambda: bench.of_case("accept"), "discipline_room")


@ONE_START
def test_k20_sent_on_ends_it_as_well(bench: Bench, due: datetime) -> None:
    bench.register_sealed(real_name=False).offer(TOWN).sign(TOWN)
    bench.to(morning("2026-03-09")).offer(DISTRICT)
    assert bench.clock(DISTRICT, "K20")["stopped_at"] == morning("2026-03-09")
    assert due > morning("2026-03-09")


@ONE_WORKING_DAY
def test_k28_retaliation_acted_on_in_the_last_second(bench: Bench, due: datetime) -> None:
    bench.register_sealed(flags=["retaliation"])
    runs_to_its_last_second(bench, "K28", due, lambda: bench.of_case("accept"))


@ONE_WORKING_DAY
def test_k28_is_late_one_second_after(bench: Bench, due: datetime) -> None:
    bench.register_sealed(flags=["retaliation"])
    is_late_one_second_after(bench, "K28", due, lambda: bench.of_case("accept"), "discipline_room")
