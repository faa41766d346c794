"""What will be late in the next days, whose it is, and the common cause behind several villages' cases."""

from datetime import datetime, timedelta
from typing import Any

from contracts.calendar import end_of_day, local_day
from contracts.letters import Tell
from contracts.veils import veil
from contracts.words import ClockAct
from services.supervision.models import DutyRow
from tests.services.house import DISTRICT, SYSTEM, TOWN, VILLAGE, House
from tests.services.supervision.told import CASE, DUE, MON, Stub, accept, clock, later, tell

SECOND_VILLAGE = "610402901902"


def ahead(house: House, office: str = DISTRICT, days: int | None = None, **actor: Any) -> dict[str, Any]:
    answer = house.ask(office, "supervision", "next_days", {"days": days}, **actor)
    assert answer["ok"], answer
    found: dict[str, Any] = answer["result"]
    return found


def known(house: House, case: str, village: str, category: str = "C03", desk: str = "petition") -> None:
    """A case of a village, told to the district."""
    data = {
        **Stub(case=case, number=f"N{case[0]}", desk=desk).told("accepted", MON, clock(ClockAct.START, MON, DUE)),
        "category": category,
        "place": village,
        "status": "accepted",
    }
    house.say(VILLAGE, "assignment", Tell(DISTRICT, "supervision", "case_milestone", case, data))
    house.post()


def test_what_runs_out_within_the_days_is_named_with_its_office_and_the_rest_is_not(house: House) -> None:
    accept(house)
    assert ahead(house)["late"] == [], "it runs out in eighteen days"
    house.set_time(later(-9))
    found = ahead(house)
    (late,) = found["late"]
    assert (late["case"], late["kind"], late["answerable"], late["what"]) == (CASE, "K5", VILLAGE, "办理并出具处理意见")
    assert (found["days"], late["due"]) == (10, found["late"][0]["due"])
    assert found["by_office"] == [{"office": VILLAGE, "name": "望塬村", "count": 1}]
    assert ahead(house, days=8)["late"] == []
    assert datetime.fromisoformat(ahead(house, days=8)["until"]) == end_of_day(local_day(later(-9)) + timedelta(days=8))
    assert len(ahead(house, TOWN)["late"]) == 1, "the town sees it too"
    assert ahead(house, desk="discipline")["late"] == []
    house.set_time(later(1))
    assert ahead(house)["late"] == [], "what is late already stands elsewhere"


def test_whose_it_is_names_the_officials_but_nobody_recused(house: House) -> None:
    accept(house)
    tell(house, Stub(status="accepted", recused=(veil(CASE, "P2"),)), "note", by=DISTRICT)
    house.post()
    duties = (("P1", "town_principal"), ("P2", "covering_leader"), ("P3", "covering_leader"))
    with house.offices[DISTRICT].uow("supervision", SYSTEM) as uow:
        for person, duty in duties:
            uow.session.add(DutyRow(serial=1, person=person, duty=duty, scope=TOWN, since="2020-01-01", until=""))
    house.set_time(later(-1))
    (late,) = ahead(house)["late"]
    assert late["persons"] == ["P1", "P3"]


def test_demands_run_out_too_and_one_that_is_answered_does_not(house: House) -> None:
    due = (MON + timedelta(days=4)).isoformat()
    data = {"kind": "instruction", "to": TOWN, "points": "请研究", "due": due}
    demanded = house.command(DISTRICT, "supervision", "demand", data, roles=["leader"])["result"]["demand"]
    house.post()
    assert [(each["what"], each["answerable"]) for each in ahead(house)["late"]] == [("领导批示", TOWN)]
    house.command(TOWN, "supervision", "answer_demand", {"demand": demanded, "answer": "已办"})
    house.post()
    assert ahead(house)["late"] == []


def test_a_cause_is_common_when_open_cases_of_several_villages_share_it(house: House) -> None:
    known(house, "1" * 32, VILLAGE, "C0301")
    known(house, "2" * 32, VILLAGE, "C0301")
    assert ahead(house)["causes"] == [], "one village alone is no common cause"
    known(house, "3" * 32, SECOND_VILLAGE, "C0301")
    known(house, "4" * 32, SECOND_VILLAGE, "C02")
    known(house, "5" * 32, SECOND_VILLAGE, "C0301", desk="discipline")
    house.set_time(later(-2))
    causes = {(each["by"], each["key"]): each for each in ahead(house)["causes"]}
    assert set(causes) == {
        ("class", "C03"),
        ("second", "C0301"),
        ("department", "610402d01"),
        ("department", "610402d03"),
    }
    second = causes["second", "C0301"]
    assert second["villages"] == [VILLAGE, SECOND_VILLAGE]
    assert (second["cases"], second["soon"], second["towns"]) == (3, 3, [TOWN])
    assert second["numbers"] == ["N1", "N2", "N3"], "of this desk alone"
    assert (second["name"], "搬迁" in second["law"]) == ("国有土地上房屋征收与补偿", True)
    tell(house, Stub(case="3" * 32, number="N3", status="concluded"), "concluded")
    house.post()
    assert ahead(house)["causes"] == [], "a closed case is none"
