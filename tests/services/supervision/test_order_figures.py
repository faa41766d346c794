"""What is counted of orders, of cases sent down, and of instructions and suggestions (S72, S78, S79, K15, K27)."""

from datetime import date, timedelta
from typing import Any

import pytest

from contracts.calendar import local_day
from contracts.figures import Wanted
from contracts.letters import Tell
from contracts.words import ClockAct
from services.supervision.models import LineRow, OrderRow
from services.supervision.orders.figures import figures
from tests.services.house import DISTRICT, SYSTEM, TOWN, VILLAGE, House
from tests.services.supervision.told import CASE, DUE, MON, Stub, accept, clock, later, tell

OTHER = "d" * 32
DAYS = {"since": "2026-03-01", "until": "2026-03-31"}


def counted(house: House, at: str = DISTRICT, **wanted: Any) -> dict[str, tuple[int, int | None]]:
    answer = house.ask(at, "supervision", "figures", {**DAYS, **wanted})
    assert answer["ok"], answer
    return {each["name"]: (each["value"], each["base"]) for each in answer["result"]["figures"]}


def supervised(house: House, at: str = DISTRICT, **wanted: Any) -> list[int]:
    names = ("cases", "orders", "dedicated", "guidance", "key")
    found = counted(house, at, **wanted)
    return [found["supervision_orders" if name == "orders" else f"supervised_{name}"][0] for name in names]


def order(house: House, kind: str, case: str = CASE, office: str = DISTRICT) -> str:
    due = house.offices[office].now() + timedelta(days=5)
    data = {"case": case, "kind": kind, "demand": "请限期办结", "due": due.isoformat()}
    answer = house.command(office, "supervision", "order", data, roles=["leader"])
    assert answer["ok"], answer
    house.post()
    return str(answer["result"]["id"])


def test_s79_three_orders_on_one_case_are_one_case(house: House) -> None:
    accept(house)
    accept(house, Stub(status="accepted", case=OTHER, number="D"))
    for kind in ("dedicated", "dedicated", "key"):
        order(house, kind)
    order(house, "guidance", OTHER)
    assert supervised(house) == [2, 4, 1, 1, 1]
    assert supervised(house, office=TOWN) == [2, 4, 1, 1, 1]
    assert supervised(house, since="2026-03-03") == [0] * 5, "by the day on which it was given"
    assert supervised(house, until="2026-03-02") == [2, 4, 1, 1, 1]
    assert supervised(house, TOWN) == [0] * 5, "the town gave none"
    assert house.ask(DISTRICT, "supervision", "counts", {})["result"]["supervised_cases"] == 2


def test_s79_an_order_of_the_ladder_is_no_supervised_case(house: House) -> None:
    accept(house)
    house.set_time(later(1) + timedelta(minutes=1))
    house.poll()
    (given,) = [row for row in house.rows(TOWN, OrderRow) if row.given]
    assert given.kind == "K5"
    assert supervised(house, TOWN) == [0] * 5
    cannot = house.command(TOWN, "supervision", "withdraw_order", {"order": given.id, "why": "误发"}, roles=["leader"])
    assert cannot["error"]["code"] == "of_the_ladder"


def test_s79_an_order_withdrawn_counts_no_more_and_one_closed_does(house: House) -> None:
    accept(house)
    wrong, right = order(house, "key"), order(house, "dedicated")
    data = {"order": wrong, "why": "发错事项"}
    assert house.command(DISTRICT, "supervision", "withdraw_order", data)["error"]["code"] == "leader_needed"
    assert (
        house.command(DISTRICT, "supervision", "withdraw_order", data, desk="discipline")["error"]["code"]
        == "not_found"
    )
    assert house.command(DISTRICT, "supervision", "withdraw_order", data, roles=["leader"])["ok"]
    assert house.command(DISTRICT, "supervision", "close_order", {"order": right, "result": "已办结"})["ok"]
    house.post()
    assert supervised(house) == [1, 1, 1, 0, 0]
    received = {row.id: (row.state, row.why) for row in house.rows(VILLAGE, OrderRow)}
    assert received == {wrong: ("withdrawn", "发错事项"), right: ("closed", "已办结")}
    again = house.command(DISTRICT, "supervision", "withdraw_order", {"order": right, "why": "x"})
    assert again["error"]["code"] == "not_open"


def sent_on(house: House, case: str, **stub: Any) -> None:
    """The town hands a case to the village, which has still to sign."""
    offered = Stub(holder=TOWN, case=case, number=case[:4], offered_to=VILLAGE, **stub)
    tell(house, offered, "offered", clock(ClockAct.START, MON, DUE, "K24"))
    house.post()


def test_s72_every_case_sent_down_has_its_line_and_one_that_has_none_is_named(house: House) -> None:
    sent_on(house, CASE)
    sent_on(house, OTHER)
    up = Stub(case="e" * 32, number="E", offered_to=TOWN)
    tell(house, up, "offered", clock(ClockAct.START, MON, DUE, "K24"))
    sent_on(house, "f" * 32, desk="discipline")
    check = house.ask(DISTRICT, "supervision", "sent_down", {})["result"]
    assert check == {"sent_down": 2, "lines": 2, "missing": []}, (
        "sent up is not sent down, sealed ones are the other desk's"
    )
    found = counted(house)
    assert (found["sent_down"], found["sent_down_with_line"]) == ((2, None), (2, 2))
    with house.offices[DISTRICT].uow("supervision", SYSTEM) as uow:
        uow.session.delete(uow.session.get(LineRow, OTHER))
    check = house.ask(DISTRICT, "supervision", "sent_down", {})["result"]
    assert check == {"sent_down": 2, "lines": 1, "missing": [OTHER]}
    assert counted(house)["sent_down_with_line"] == (1, 2)


def demand(house: House, kind: str, **more: Any) -> str:
    data = {"kind": kind, "to": TOWN, "points": "请研究办理", **more}
    answer = house.command(DISTRICT, "supervision", "demand", data, id="区领导", roles=["leader"])
    assert answer["ok"], answer
    house.post()
    return str(answer["result"]["demand"])


def reply(house: House, demanded: str, **more: Any) -> None:
    data = {"demand": demanded, "answer": "已办理", **more}
    assert house.command(TOWN, "supervision", "answer_demand", data)["ok"]
    house.post()


def test_k27_an_instruction_is_tracked_to_its_answer_and_counted(house: House) -> None:
    accept(house, Stub(status="accepted", holder=TOWN))
    due = (MON + timedelta(days=4)).isoformat()
    first, second, third = (demand(house, "instruction", case=CASE, due=due) for _ in range(3))
    reply(house, first)
    (shown,) = [
        each
        for each in house.ask(DISTRICT, "supervision", "demands", {})["result"]["demands"]
        if each["demand"] == first
    ]
    assert (shown["given_by"], shown["case"], shown["state"], shown["signed_by"]) == (
        "区领导",
        CASE,
        "answered",
        "张三",
    )
    names = [f"instructions_{word}" for word in ("given", "answered", "on_time")]
    assert [counted(house)[name] for name in names] == [(3, None), (1, 3), (1, 1)], "two are not yet due"
    house.pass_time(6)
    house.command(DISTRICT, "supervision", "withdraw_demand", {"demand": third, "why": "已不需要"})
    reply(house, second)
    assert [counted(house)[name] for name in names] == [(2, None), (2, 2), (1, 2)], "the second answer came late"
    assert counted(house, since="2026-04-01", until="2026-04-30")["instructions_given"] == (0, None)


@pytest.mark.parametrize("kind", ["suggestion", "policy_suggestion", "accountability_suggestion"])
def test_k15_each_of_the_three_suggestions_is_answered_and_says_whether_it_is_adopted(house: House, kind: str) -> None:
    first, second = demand(house, kind), demand(house, kind)
    said = {"demand": first, "answer": "已办理"}
    assert house.command(TOWN, "supervision", "answer_demand", said)["error"]["code"] == "not_said"
    reply(house, first, adopted=True)
    reply(house, second, adopted=False)
    words = ("given", "answered", "adopted", "on_time")
    assert [counted(house)[f"{kind}s_{word}"] for word in words] == [(2, None), (2, 2), (1, 2), (0, 0)]
    due = local_day(MON) + timedelta(days=30)
    later_on = counted(house, since=due.isoformat(), until=date(2026, 4, 30).isoformat())
    assert later_on[f"{kind}s_on_time"] == (2, 2), "on time counts where it was due"


def test_a_recalled_case_leaves_the_figures_of_orders(house: House) -> None:
    accept(house)
    order(house, "dedicated", office=TOWN)
    assert supervised(house, TOWN) == [1, 1, 1, 0, 0]
    gone = {"term": {"override": 0, "n": 0}}
    house.say(DISTRICT, "assignment", Tell(TOWN, "supervision", "case_recalled", CASE, gone))
    house.post()
    assert supervised(house, TOWN) == [0] * 5


def test_s79_the_discipline_desk_counts_its_own_orders_and_the_petition_desk_none_of_them(house: House) -> None:
    accept(house, Stub(status="accepted", desk="discipline", holder=TOWN))
    data = {"case": CASE, "kind": "dedicated", "demand": "请抓紧核查", "due": later(1).isoformat()}
    assert house.command(DISTRICT, "supervision", "order", data, desk="discipline")["ok"]
    assert supervised(house) == [0] * 5
    answer = house.ask(DISTRICT, "supervision", "figures", DAYS, desk="discipline")["result"]["figures"]
    found = {each["name"]: each["value"] for each in answer}
    assert (found["supervised_cases"], found["supervision_orders"], found["supervised_dedicated"]) == (1, 1, 1)


def test_s32_a_figure_opens_its_cases_and_leaves_out_those_that_its_reader_is_recused_from(house: House) -> None:
    accept(house)
    accept(house, Stub(status="accepted", case=OTHER, number="D", excluded=(TOWN,)))
    for case in (CASE, CASE, OTHER):
        order(house, "dedicated", case)
    sent_on(house, CASE)
    here = house.offices[DISTRICT].here(SYSTEM, house.offices[DISTRICT].now())
    with house.offices[DISTRICT].reading() as session:
        for reader, cases in (("", [CASE, OTHER]), (TOWN, [CASE])):
            wanted = Wanted(date(2026, 3, 1), date(2026, 3, 31), reader=reader)
            found = {each.name: each.whole() for each in figures(session, here, wanted)}
            assert found["supervised_cases"]["sources"] == cases
            assert found["supervised_cases"]["counted_from"] == ["supervision_order"]
