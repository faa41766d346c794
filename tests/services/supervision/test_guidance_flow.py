"""Guiding supervision over real databases: chosen with a reason, opinions and joint steps that the holder sees (S75)."""

from datetime import timedelta
from typing import Any

from contracts.letters import Tell
from contracts.veils import veil
from network.tables import InboxRow
from services.supervision.models import DutyRow, GuidanceRow
from tests.services.house import DISTRICT, SYSTEM, TOWN, VILLAGE, House
from tests.services.supervision.test_order_figures import counted, order
from tests.services.supervision.told import CASE, MON, Stub, accept, tell

BY = (MON + timedelta(days=3)).isoformat()


def act(house: House, name: str, office: str = DISTRICT, desk: str = "petition", **data: Any) -> dict[str, Any]:
    answer = house.command(office, "supervision", name, data, desk=desk)
    house.post()
    return answer


def code(answer: dict[str, Any]) -> str:
    return str(answer["error"]["code"])


def chosen(house: House) -> str:
    accept(house)
    guided = order(house, "guidance")
    assert act(house, "choose_guidance", order=guided, why="涉及多村,政策界限不清", persons=["P1", "P2"])["ok"]
    return guided


def entries(house: House, office: str, **actor: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = house.ask(office, "supervision", "guidance", {"case": CASE}, **actor)["result"][
        "entries"
    ]
    return found


def test_s75_the_holder_sees_why_who_takes_part_what_is_advised_and_what_is_done_together(house: House) -> None:
    guided = chosen(house)
    assert act(house, "advise_guidance", order=guided, opinion="先核对补偿名册")["ok"]
    assert act(house, "set_joint_step", order=guided, what="联合入户核实", by="信访局、村委会", due=BY)["ok"]
    seen = entries(house, VILLAGE)
    by_kind = {each["kind"]: each for each in seen}
    assert (len(seen), by_kind["choice"]["words"], by_kind["opinion"]["words"]) == (
        3,
        "涉及多村,政策界限不清",
        "先核对补偿名册",
    )
    assert by_kind["choice"]["persons"] == ["P1", "P2"]
    assert (by_kind["step"]["by"], by_kind["step"]["words"]) == ("信访局、村委会", "联合入户核实")
    for office in (DISTRICT, VILLAGE):
        todo = house.ask(office, "supervision", "todo", {"desk": "petition"})["result"]
        assert [each["entry"] for each in todo["joint_steps"]] == [by_kind["step"]["entry"]]
    done = act(house, "finish_joint_step", VILLAGE, step=by_kind["step"]["entry"], result="已入户十二户")
    assert done["ok"]
    known = {each["kind"]: each for each in entries(house, DISTRICT)}
    assert (known["step"]["result"], known["step"]["done_at"]) == ("已入户十二户", done["result"]["done_at"])
    assert code(act(house, "finish_joint_step", step=by_kind["step"]["entry"], result="x")) == "not_open"
    found = counted(house)
    names = ("guided_cases", "guidance_opinions", "joint_steps", "joint_steps_done")
    assert [found[name] for name in names] == [(1, None), (1, None), (1, None), (1, 1)]
    assert counted(house, VILLAGE)["guided_cases"] == (0, None), "counted where the order was given"


def test_s75_nobody_of_the_supervised_office_nor_recused_takes_part(house: House) -> None:
    accept(house)
    tell(house, Stub(status="accepted", recused=(veil(CASE, "P7"),)), "note", by=DISTRICT)
    house.post()
    with house.offices[DISTRICT].uow("supervision", SYSTEM) as uow:
        uow.session.add(
            DutyRow(serial=1, person="P8", duty="town_principal", scope=VILLAGE, since="2020-01-01", until="")
        )
    guided = order(house, "guidance")
    for person, why in (("P7", "recused"), ("P8", "own_unit")):
        refused = act(house, "choose_guidance", order=guided, why="复杂", persons=["P1", person])
        assert (code(refused), list(refused["error"]["fields"])) == (why, ["persons"])
    assert house.rows(VILLAGE, GuidanceRow) == []


def test_s75_first_the_choice_and_only_of_a_guidance_order_that_stands(house: House) -> None:
    accept(house)
    guided, key = order(house, "guidance"), order(house, "key")
    assert code(act(house, "advise_guidance", order=guided, opinion="x")) == "not_chosen"
    assert code(act(house, "set_joint_step", order=guided, what="x", by="y", due=BY)) == "not_chosen"
    assert code(act(house, "choose_guidance", order=key, why="复杂", persons=["P1"])) == "not_found"
    assert (
        code(act(house, "choose_guidance", desk="discipline", order=guided, why="复杂", persons=["P1"])) == "not_found"
    )
    assert code(act(house, "choose_guidance", VILLAGE, order=guided, why="复杂", persons=["P1"])) == "not_found"
    past = (MON - timedelta(days=1)).isoformat()
    assert code(act(house, "set_joint_step", order=guided, what="x", by="y", due=past)) == "due_past"
    assert code(act(house, "finish_joint_step", step="0" * 32, result="x")) == "not_found"
    assert act(house, "close_order", order=guided, result="办结")["ok"]
    assert code(act(house, "choose_guidance", order=guided, why="复杂", persons=["P1"])) == "not_open"


def test_s75_only_who_gave_the_order_adds_to_it_and_a_letter_heard_again_changes_nothing(house: House) -> None:
    guided = chosen(house)
    data = {"order": guided, "entry": "9" * 32, "kind": "opinion", "at": MON, "by": "某人", "words": "先放一放"}
    told = Tell(VILLAGE, "supervision", "guidance_told", CASE, data)
    house.say(TOWN, "supervision", told)
    house.post()
    assert [row.reason for row in house.rows(VILLAGE, InboxRow) if row.state == "parked"] != []
    for _ in range(2):
        house.say(DISTRICT, "supervision", told)
        house.post()
    assert [row.kind for row in house.rows(VILLAGE, GuidanceRow)].count("opinion") == 1


def test_s75_a_step_is_done_only_by_the_two_who_take_it(house: House) -> None:
    guided = chosen(house)
    act(house, "set_joint_step", order=guided, what="联合入户核实", by="双方", due=BY)
    (step,) = [row for row in house.rows(DISTRICT, GuidanceRow) if row.kind == "step"]
    done = {"entry": step.id, "at": MON, "result": "已办"}
    house.say(TOWN, "supervision", Tell(DISTRICT, "supervision", "joint_step_done", CASE, done))
    house.post()
    assert [row.done_at for row in house.rows(DISTRICT, GuidanceRow) if row.kind == "step"] == [None]


def test_s75_what_was_advised_goes_with_a_recalled_case_and_does_not_come_back(house: House) -> None:
    guided = chosen(house)
    gone = {"term": {"override": 0, "n": 0}}
    house.say(DISTRICT, "assignment", Tell(VILLAGE, "supervision", "case_recalled", CASE, gone))
    house.post()
    assert house.rows(VILLAGE, GuidanceRow) == []
    act(house, "advise_guidance", order=guided, opinion="晚到的意见")
    assert house.rows(VILLAGE, GuidanceRow) == []


def test_s75_of_a_sealed_report_whose_file_is_disposed_of_no_words_stay(house: House) -> None:
    accept(house, Stub(status="accepted", desk="discipline", holder=TOWN))
    data = {"case": CASE, "kind": "guidance", "demand": "请抓紧核查", "due": BY}
    order_ = house.command(DISTRICT, "supervision", "order", data, desk="discipline")["result"]["id"]
    house.post()
    chosen_ = act(house, "choose_guidance", desk="discipline", order=order_, why="情况复杂", persons=["P1"])
    assert chosen_["ok"], chosen_
    assert code(act(house, "advise_guidance", order=order_, opinion="x")) == "not_found", "the other desk's"
    house.say(TOWN, "assignment", Tell(TOWN, "supervision", "file_disposed", CASE, {"at": MON}))
    house.post()
    assert [(row.kind, row.words, row.persons) for row in house.rows(TOWN, GuidanceRow)] == [("choice", "", [])]
    assert [row.words for row in house.rows(DISTRICT, GuidanceRow)] == ["情况复杂"], "until its own file is disposed of"
