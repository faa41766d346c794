"""R23: a withdrawal in a reluctant voice is checked by an office above; and samples of what was concluded."""

from typing import Any

from contracts.letters import Tell
from network.tables import JournalRow
from services.supervision.models import CallBackRow
from tests.services.house import DISTRICT, TOWN, VILLAGE, House
from tests.services.supervision.told import CASE, MON, Stub, accept, tell

ID = "a" * 32


def ask_for(house: House, by: str = VILLAGE, to: str = TOWN, words: str = "来电要求撤回") -> None:
    data = {
        "call_back": ID,
        "purpose": "withdrawal",
        "number": Stub().number,
        "desk": "petition",
        "at": MON,
        "reporter": {"ciphertext": "x"},
        "words": words,
    }
    house.say(by, "assignment", Tell(to, "supervision", "call_back_wanted", CASE, data))
    house.post()


def listed(house: House, office: str = TOWN, state: str = "wanted") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = house.ask(office, "supervision", "call_backs", {"state": state})["result"][
        "call_backs"
    ]
    return found


def make(house: House, office: str = TOWN, result: str = "pressed", key: str = ID, **actor: Any) -> dict[str, Any]:
    data = {"call_back": key, "result": result, "note": "称村上要求撤回"}
    return house.command(office, "supervision", "make_call_back", data, **actor)


def test_a_withdrawal_is_checked_from_above_and_the_answer_goes_to_who_asked(house: House) -> None:
    accept(house)
    ask_for(house)
    ask_for(house, words="又问一次")
    (call,) = listed(house)
    assert (call["case"], call["words"], call["asked_by"]) == (CASE, "来电要求撤回", VILLAGE)
    opened = house.command(TOWN, "supervision", "open_call_back", {"call_back": ID, "reason": "核实撤回"})
    assert opened["result"] == {"call_back": ID}
    lines = [line for line in house.rows(TOWN, JournalRow) if line.action == "open_call_back"]
    assert [(line.why, line.case_id, line.actor) for line in lines] == [("核实撤回", CASE, f"{TOWN}/张三")]
    assert make(house)["result"]["state"] == "made"
    assert make(house)["error"]["code"] == "not_open"
    house.post()
    (answer,) = [row for row in house.unread if row.type == "call_back_made"]
    assert (answer.office, answer.body["data"]["result"]) == (VILLAGE, "pressed")
    assert listed(house) == []
    assert [each["reporter"] for each in listed(house, state="made")] == [None]
    steps = house.ask(TOWN, "supervision", "steps", {})["result"]["steps"]
    assert [step["step"] for step in steps] == ["pressed"]
    tell(house, Stub(status="accepted", flags=("pressed",)), "note")
    house.post()
    assert len(house.ask(TOWN, "supervision", "steps", {})["result"]["steps"]) == 1


def test_only_offices_below_ask_and_only_the_petition_desk_calls(house: House) -> None:
    ask_for(house, by=DISTRICT, to=TOWN)
    assert listed(house) == []
    ask_for(house)
    assert make(house, desk="discipline")["error"]["code"] == "not_found"
    assert make(house, key="0" * 32)["error"]["code"] == "not_found"
    other = house.ask(TOWN, "supervision", "call_backs", {}, desk="discipline")
    assert other["error"]["code"] == "wrong_desk"
    assert make(house, result="confirmed")["ok"], "although no milestone of the case has come yet"
    assert house.ask(TOWN, "supervision", "steps", {})["result"]["steps"] == []


def test_an_office_that_has_the_case_now_does_not_call_for_itself(house: House) -> None:
    accept(house)
    ask_for(house)
    tell(house, Stub(status="accepted", holder=TOWN, term=(0, 1)), "signed")
    house.post()
    assert make(house)["error"]["code"] == "own_work"


def test_a_recalled_case_is_not_called_about_and_its_words_are_deleted(house: House) -> None:
    accept(house)
    ask_for(house)
    recall = Tell(TOWN, "supervision", "case_recalled", CASE, {"term": {"override": 1, "n": 0}})
    house.say(DISTRICT, "assignment", recall)
    house.post()
    assert house.rows(TOWN, CallBackRow) == []
    ask_for(house)
    assert house.rows(TOWN, CallBackRow) == []


def test_samples_are_drawn_once_among_concluded_cases_of_offices_below(house: House) -> None:
    tell(house, Stub(status="concluded"), "concluded")
    tell(house, Stub(case="d" * 32, number="D"), "registered")
    tell(house, Stub(case="e" * 32, number="E", holder=DISTRICT, status="concluded"), "concluded")
    house.post()
    draw = {"share": 100}
    assert house.command(DISTRICT, "supervision", "sample_call_backs", draw)["result"] == {"sampled": 1}
    assert house.command(DISTRICT, "supervision", "sample_call_backs", draw)["result"] == {"sampled": 0}
    (call,) = listed(house, DISTRICT)
    assert (call["case"], call["purpose"]) == (CASE, "sample")
    assert make(house, DISTRICT, key=call["id"])["ok"]
    house.post()
    assert house.unread == []
    steps = house.ask(DISTRICT, "supervision", "steps", {})["result"]["steps"]
    assert [(step["step"], step["answerable"]) for step in steps] == [("pressed", VILLAGE)]
    wrong = house.command(DISTRICT, "supervision", "sample_call_backs", draw, desk="discipline")
    assert wrong["error"]["code"] == "wrong_desk"
