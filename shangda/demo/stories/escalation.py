"""A notice that everybody forgets climbs the ladder step by step."""

from datetime import datetime

from shangda.demo.looking import Story, differences
from shangda.demo.theatre import DISTRICT, TOWN, VILLAGE, Theatre


def play_escalation(theatre: Theatre) -> None:
    theatre.day(7, 6)
    late = {"channel": "visit", "place": VILLAGE, "category": "C10", "nature": "seek", "text": "村道塌了半年没人修"}
    theatre.report_at_desk("E01", VILLAGE, "clerk", {**late, "reporter": {"name": "安小禾", "phone": "029-00009099"}})
    due = theatre.until("its clock is known at the district", lambda: notice_due(theatre))
    theatre.days_after(due, -2)
    theatre.until("the handler is reminded", lambda: "reminder" in steps_taken(theatre, VILLAGE))
    for day, office, step in LADDER:
        theatre.days_after(due, day)
        theatre.until(f"{step} at {office}", lambda of=(office, step): of[1] in steps_taken(theatre, of[0]))


LADDER = (
    (1, TOWN, "order"),
    (3, TOWN, "town"),
    (5, DISTRICT, "district"),
    (10, DISTRICT, "leaders"),
    (15, DISTRICT, "bulletin"),
)


def notice_due(theatre: Theatre) -> datetime | None:
    """When the notice of the late report is due, once the district knows it."""
    answer = theatre.answer(DISTRICT, "supervision.clocks", {"case": theatre.cases["E01"]}, query=True)
    dues = [clock["due"] for clock in answer["result"]["clocks"] if clock["kind"] == "K2"] if answer["ok"] else []
    return datetime.fromisoformat(dues[0]) if dues else None


def steps_taken(theatre: Theatre, office: str) -> list[str]:
    """The steps that an office itself took over the missed notice."""
    steps = theatre.see(office, "supervision.clocks", {"case": theatre.cases["E01"]})["steps"]
    return sorted(step["step"] for step in steps if step["mine"] and step["kind"] == "K2")


def check_escalation(theatre: Theatre) -> list[str]:
    return differences(
        the_village_only_reminds=steps_taken(theatre, VILLAGE) == ["reminder"],
        the_town_orders_and_takes_it_up=steps_taken(theatre, TOWN) == ["order", "town"],
        the_district_takes_every_later_step_once=steps_taken(theatre, DISTRICT) == ["bulletin", "district", "leaders"],
    )


E01 = Story(
    "E01", "望塬村一件到期没有告知", "催办→督办→镇→区→包抓领导→月通报,每步一次", play_escalation, check_escalation
)
