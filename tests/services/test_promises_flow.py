"""The promise book over real databases: entered, due, done, kept or broken as the person says, late ones climbing."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.letters import Tell
from contracts.veils import veil
from network import veils
from network.ids import new_id
from network.tables import InboxRow
from services.intake.models import IntakeReport
from services.intake.promises.models import IntakePromise
from services.intake.service import IntakeService
from services.supervision.models import DemandRow, StepRow
from services.supervision.service import SupervisionService
from tests.services.house import DISTRICT, SYSTEM, TOWN, VILLAGE, House

NOW = datetime(2026, 5, 6, 9, tzinfo=SHANGHAI)
MAY = {"since": "2026-05-01", "until": "2026-05-31"}
PROMISE = {"source": "reception", "by": "gb-011", "name": "向东平", "what": "五月底前修好机井", "due": "2026-05-29"}


@pytest.fixture
def house(tmp_path: Path) -> House:
    services = {"intake": IntakeService, "supervision": SupervisionService}
    return House(tmp_path, services).open([DISTRICT, TOWN, VILLAGE], NOW)


def act(house: House, method: str, data: dict[str, Any], office: str = TOWN, **actor: Any) -> dict[str, Any]:
    answer = house.command(office, "intake", method, data, **actor)
    assert answer["ok"], answer
    house.post()
    return dict(answer["result"])


def refused(house: House, method: str, data: dict[str, Any], **actor: Any) -> dict[str, Any]:
    answer = house.command(TOWN, "intake", method, data, **actor)
    assert not answer["ok"], answer
    return dict(answer["error"])


def figures(house: House, at: str, **wanted: str) -> dict[str, tuple[int, int | None]]:
    found = house.ask(at, "intake", "figures", {**MAY, **wanted})["result"]["figures"]
    return {each["name"]: (each["value"], each["base"]) for each in found}


def book(house: House, **wanted: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = house.ask(TOWN, "intake", "promises", wanted)["result"]["promises"]
    return found


def test_a_promise_has_a_number_a_day_and_is_owed_by_the_own_office(house: House) -> None:
    made = act(house, "make_promise", PROMISE)
    assert (made["number"], made["due"], made["state"]) == (f"{TOWN}-N2026-00001", "2026-05-29", "open")
    (demand,) = house.rows(TOWN, DemandRow)
    assert (demand.id, demand.kind, demand.clock, demand.receiver) == (made["promise"], "promise", "K26", TOWN)
    assert demand.due == datetime(2026, 5, 29, 23, 59, 59, tzinfo=SHANGHAI)
    (above,) = house.rows(DISTRICT, DemandRow)
    assert (above.person, above.points) == ("", ""), "the office above knows that something is owed, not what"
    assert figures(house, DISTRICT)["promises"] == (1, None)


def test_it_is_kept_only_when_the_person_says_so(house: House) -> None:
    made = act(house, "make_promise", PROMISE)
    done = act(house, "perform_promise", {"promise": made["promise"], "words": "机井已修好"})
    assert done["state"] == "performed"
    assert figures(house, DISTRICT)["promises_kept"] == (0, 1)
    assert [row.state for row in house.rows(TOWN, DemandRow)] == ["open"]
    said = {"promise": made["promise"], "kept": True, "how": "phone", "words": "水出来了"}
    assert refused(house, "confirm_promise", said, person="gb-011")["code"] == "own_promise"
    assert act(house, "confirm_promise", said)["state"] == "kept"
    assert figures(house, DISTRICT)["promises_kept"] == (1, 1)
    assert [(row.state, row.answer) for row in house.rows(TOWN, DemandRow)] == [("answered", "水出来了")]
    assert refused(house, "confirm_promise", {**said, "kept": False})["code"] == "kept"


def test_a_broken_promise_stays_due_climbs_and_may_be_kept_later(house: House) -> None:
    made = act(house, "make_promise", PROMISE)
    broken = {"promise": made["promise"], "kept": False, "how": "in_person", "words": "没来人"}
    assert act(house, "confirm_promise", broken)["state"] == "broken"
    assert figures(house, DISTRICT)["promises_broken"] == (1, 1)
    house.set_time(datetime(2026, 6, 1, 9, tzinfo=SHANGHAI))
    assert [each["number"] for each in book(house, late=True)] == [made["number"]]
    house.command(DISTRICT, "supervision", "request_audit", {"office": TOWN}, roles=["leader"])
    house.post()
    house.poll()
    assert {row.step for row in house.rows(DISTRICT, StepRow) if row.case_id == made["promise"]} == {"order"}
    assert act(house, "confirm_promise", {**broken, "kept": True})["state"] == "kept"
    assert figures(house, DISTRICT)["promises_broken"] == (0, 1)
    assert book(house, late=True) == []


@pytest.mark.parametrize(("change", "field"), [
    ({"due": "2026-05-06"}, "due"),
    ({"by": ""}, "by"),
    ({"what": " "}, "what"),
    ({"source": "dream"}, "source"),
    ({"campaign": "no_such"}, "campaign"),
])  # fmt: skip
def test_a_wrong_promise_is_named_and_uses_no_number(house: House, change: dict[str, Any], field: str) -> None:
    assert list(refused(house, "make_promise", {**PROMISE, **change})["fields"]) == [field]
    assert house.rows(TOWN, IntakePromise) == []
    assert act(house, "make_promise", PROMISE)["number"].endswith("00001")


def test_who_keeps_away_from_a_case_promises_nothing_in_it_and_sees_none(house: House) -> None:
    case = new_id()
    with house.offices[TOWN].uow("intake", SYSTEM) as uow:
        veils.keep(uow.session, case, [veil(case, "gb-011")])
    assert refused(house, "make_promise", {**PROMISE, "case": case})["fields"] == {"by": ["已回避"]}
    act(house, "make_promise", {**PROMISE, "case": case, "by": "gb-012"})
    assert len(book(house)) == 1
    hidden = house.ask(TOWN, "intake", "promises", {}, person="gb-011")["result"]["promises"]
    assert hidden == []
    assert (
        refused(house, "make_promise", {**PROMISE, "case": case, "by": "gb-012"}, person="gb-011")["code"]
        == "not_found"
    )


def test_a_sealed_report_is_no_case_of_the_promise_book(house: House) -> None:
    case = new_id()
    envelope = {"version": 1, "case": case, "ciphertext": "c2VhbGVk", "keys": {f"{DISTRICT}/discipline": "k"}}
    given = {"case": case, "receipt_hash": new_id() * 2, "channel": "phone", "nature": "accuse", "real_name": False}
    to = {"recipient_office": DISTRICT, "recipient_desk": "discipline", "sealed": envelope, "contactable": False}
    answer = house.command(DISTRICT, "intake", "register_sealed", {**given, **to}, desk="discipline")
    assert answer["ok"], answer
    made = house.command(DISTRICT, "intake", "make_promise", {**PROMISE, "case": case})
    assert made["error"]["code"] == "not_found"
    assert house.rows(DISTRICT, IntakePromise) == house.rows(DISTRICT, DemandRow) == []


def test_the_book_is_paged_by_day_and_cut(house: House) -> None:
    days = ["2026-05-20", "2026-05-12", "2026-05-16"]
    for day in days:
        act(house, "make_promise", {**PROMISE, "due": day})
    assert [each["due"] for each in book(house)] == sorted(days)
    page = house.ask(TOWN, "intake", "promises", {"limit": 2})["result"]
    rest = house.ask(TOWN, "intake", "promises", {"limit": 2, "after": page["next"]})["result"]
    assert [each["due"] for each in rest["promises"]] == ["2026-05-20"]
    assert rest["next"] == ""
    assert book(house, by="gb-099") == []
    assert house.ask(TOWN, "intake", "promises", {}, desk="discipline")["error"]["code"] == "not_found"


def test_of_a_case_that_left_only_stays_that_there_was_a_promise(house: House) -> None:
    case = new_id()
    house.command(TOWN, "intake", "register", {
        "case": case, "receipt_hash": "a" * 64, "channel": "visit", "nature": "seek", "category": "C03", "place": TOWN,
        "text": "机井坏了", "real_name": False, "contactable": False, "reporter": None,
    })  # fmt: skip
    act(house, "make_promise", {**PROMISE, "case": case})
    assert [row.case for row in house.rows(TOWN, IntakeReport)] == [case]
    house.say(DISTRICT, "intake", Tell(TOWN, "intake", "case_recalled", case, {"term": {"override": 2, "n": 1}}))
    house.post()
    assert [(row.case, row.what, row.number) for row in house.rows(TOWN, IntakePromise)] == [
        ("", "", f"{TOWN}-N2026-00001")
    ]


def test_only_the_own_intake_tells_of_promises(house: House) -> None:
    data = {"promise": new_id(), "number": "N", "by": "gb-011", "what": "x", "due": NOW + timedelta(days=3)}
    house.say(VILLAGE, "intake", Tell(TOWN, "supervision", "promise_made", "", data))
    house.post()
    assert house.rows(TOWN, DemandRow) == []
    assert len([row for row in house.rows(TOWN, InboxRow) if row.state == "parked"]) == 1
