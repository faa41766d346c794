"""The office asks the reporter back (S58): the question goes to the status page, the answer comes as a supplement."""

from datetime import datetime

import pytest

from contracts.calendar import SHANGHAI
from services.assignment.models import AssignmentNote
from tests.services.bench import Bench
from tests.services.house import TOWN, VILLAGE, demo_policy

QUESTION = "渠被填的是哪一段?"


@pytest.fixture
def start() -> datetime:
    return datetime(2026, 5, 6, 9, tzinfo=SHANGHAI)


def steps(bench: Bench) -> list[tuple[str, str, str]]:
    told = [row.body["data"] for row in bench.house.unread if row.type == "case_progress"]
    return [(each["step"], each["note"], each["office"]) for each in told if each["step"] == "asked"]


def test_s58_the_holder_asks_and_the_answer_reaches_it(bench: Bench) -> None:
    bench.register(VILLAGE).offer(TOWN, kind="transfer").sign(TOWN)
    before = bench.clock(TOWN, "K3")
    bench.of_case("ask_reporter", question=f"  {QUESTION} ")
    assert steps(bench) == [("asked", QUESTION, TOWN)]
    assert [row.text for row in bench.house.rows(TOWN, AssignmentNote)] == [QUESTION]
    assert bench.clock(TOWN, "K3") == before, "no clock stops"
    bench.do("intake", "supplement", VILLAGE, case=bench.case, text="村口到桥头那一段")
    shown = bench.house.ask(TOWN, "assignment", "get_case", {"case": bench.case})["result"]["case"]
    assert [each["text"] for each in shown["supplements"]] == ["村口到桥头那一段"]


def test_s58_only_the_holder_asks_and_only_while_the_case_is_open(bench: Bench) -> None:
    bench.register(VILLAGE).offer(TOWN, kind="transfer").sign(TOWN)
    assert bench.refused("assignment", "ask_reporter", VILLAGE, case=bench.case, question=QUESTION) == "not_holder"
    bench.of_case("accept")
    bench.issue()
    bench.of_case("serve", way="direct")
    assert bench.refused("assignment", "ask_reporter", case=bench.case, question=QUESTION) == "closed"
    assert steps(bench) == []


def test_s58_the_discipline_desk_asks_nothing_of_a_reports_content(bench: Bench) -> None:
    bench.register_sealed()
    answer = bench.ask_for("assignment", "ask_reporter", case=bench.case, question="石某是哪天请客的?")
    assert list(answer["error"]["fields"]) == ["question"]
    neutral = demo_policy().neutral_questions[0]
    bench.of_case("ask_reporter", question=neutral)
    assert steps(bench) == [("asked", neutral, "")]
