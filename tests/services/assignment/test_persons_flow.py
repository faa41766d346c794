"""Recused persons, objections and their figures over real databases and letters."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from contracts.letters import Tell
from contracts.officials import Official, Post
from contracts.veils import veil
from network.tables import InboxRow, VeilRow
from network.veils import TRIAGE
from services.assignment.helping.models import AssignmentDispute, AssignmentHelp
from services.assignment.models import AssignmentCase, AssignmentNote
from services.assignment.persons import acts
from services.assignment.persons.models import AssignmentObjection, AssignmentRecusal
from services.assignment.service import AssignmentService
from services.hearing.cases.models import CaseRow
from services.hearing.service import HearingService
from services.intake.service import IntakeService
from services.supervision.ledger.models import LineRow
from services.supervision.service import SupervisionService
from tests.services.assignment.cases import MON, RECEIPT, envelope
from tests.services.assignment.officials import CLERK, COVERING, LONG_AGO, REGISTER, SECRETARY, STAFF, plain
from tests.services.house import DEPARTMENT, DISTRICT, SYSTEM, TOWN, VILLAGE, House

OFFICES = (DISTRICT, TOWN, VILLAGE, DEPARTMENT)
CASE = "a" * 32
LEADER = {"roles": ["clerk", "leader"]}
PEOPLE = tuple(
    Official(each, each, "town_staff", "town", tuple(Post(at, "干事", LONG_AGO) for at in (VILLAGE, TOWN, DEPARTMENT)))
    for each in ("P-1", "P-2", "P-3")
)
DISCIPLINE = {"desk": "discipline", "roles": ["clerk", "leader", "triage"]}


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    services = {
        "intake": IntakeService,
        "assignment": AssignmentService,
        "supervision": SupervisionService,
        "hearing": HearingService,
    }
    opened = House(tmp_path, services).open(OFFICES, MON)
    do(opened, DISTRICT, "import_officials", {"version": "1", "officials": plain(*PEOPLE, *REGISTER)}, **DISCIPLINE)
    yield opened
    assert [row.reason for office in OFFICES for row in opened.rows(office, InboxRow) if row.state != "applied"] == []
    for office in opened.offices.values():
        office.engine.dispose()


def register(house: House, office: str, case: str = CASE) -> None:
    plain = {"receipt_hash": RECEIPT, "channel": "visit", "nature": "seek", "category": "C03", "place": VILLAGE}
    told = {"text": "排水渠被填", "real_name": False, "contactable": False}
    do(house, office, "register", {"case": case, **plain, **told}, service="intake")


def report(house: House, case: str = CASE) -> None:
    plain = {"receipt_hash": RECEIPT, "channel": "web", "nature": "accuse", "real_name": False, "contactable": False}
    whom = {"recipient_office": DISTRICT, "recipient_desk": "discipline"}
    sealed = envelope(f"{DISTRICT}/discipline") | {"case": case}
    do(house, DISTRICT, "register_sealed", {"case": case, **plain, **whom, "sealed": sealed}, "intake", **DISCIPLINE)


def do(house: House, office: str, method: str, data: dict[str, Any], service: str = "assignment", **actor: Any) -> Any:
    answer = house.command(office, service, method, data, **actor)
    assert answer["ok"], answer
    house.post()
    return answer["result"]


def recuse(house: House, office: str, person: str, **other: Any) -> Any:
    data = {"case": CASE, "person": person, "ground": "related", "reason": "近亲属", **other}
    return do(house, office, "recuse_person", data, **LEADER)


def sees(house: House, office: str, person: str) -> bool:
    answer = house.ask(office, "assignment", "get_case", {"case": CASE}, person=person)
    return bool(answer["ok"])


def test_a_recusal_reaches_every_office_that_has_the_case(house: House) -> None:
    register(house, VILLAGE)
    for sender, receiver in ((VILLAGE, TOWN), (TOWN, DISTRICT), (DISTRICT, DEPARTMENT)):
        do(house, sender, "offer", {"case": CASE, "to": receiver})
        do(house, receiver, "sign_for", {"case": CASE})
    recuse(house, DEPARTMENT, "P-2")
    assert [sees(house, office, "P-2") for office in OFFICES] == [True, True, True, False], "none above hears it"
    recuse(house, DISTRICT, "P-1")
    assert [sees(house, office, "P-1") for office in OFFICES] == [False] * 4
    assert [sees(house, office, "P-3") for office in OFFICES] == [True] * 4
    for office in (DISTRICT, TOWN, VILLAGE):
        assert [row.recused for row in house.rows(office, AssignmentCase)] == [[veil(CASE, "P-1")]]
        assert [row.veils for row in house.rows(office, VeilRow)] == [[veil(CASE, "P-1")]]
    both = sorted([veil(CASE, "P-1"), veil(CASE, "P-2")])
    assert [row.veils for row in house.rows(DEPARTMENT, VeilRow)] == [both]
    assert [(row.recused, row.what) for row in house.rows(DEPARTMENT, LineRow)] == [(both, "person_recused")]


def test_nobody_below_hides_a_case_from_an_honest_superior(house: House) -> None:
    register(house, VILLAGE)
    for data in ({"person": COVERING.id, "ground": "other", "reason": "x"},):
        refused = house.command(VILLAGE, "assignment", "recuse_person", {"case": CASE, **data}, **LEADER)
        assert refused["error"]["code"] == "not_superior"
    for person, roles, code in ((STAFF.id, LEADER["roles"], "not_superior"), (CLERK.id, ["clerk"], "not_leader")):
        matched = {"case": CASE, "officials": [person]}
        answer = house.command(VILLAGE, "assignment", "match_accused", matched, roles=roles)
        assert answer["error"]["code"] == code
    meant = [veil(CASE, COVERING.id)]
    told = {
        "number": "x", "kind": "K20", "ref": "", "step": "room", "due": MON, "at": MON, "unconfirmed": False,
        "desk": "petition", "holder": VILLAGE, "recused": meant,
    }  # fmt: skip
    stub = house.rows(DISTRICT, LineRow)[0]
    mile = {
        "number": stub.number, "what": "accepted", "at": MON, "desk": "petition", "status": "accepted",
        "holder": VILLAGE, "term": {"override": 0, "n": 0}, "entry_office": VILLAGE, "entered_at": MON, "category": "C03",
        "place": "", "offered_to": "", "excluded": [], "clocks": [], "recused": meant, "flags": [], "repeat_of": "",
    }  # fmt: skip
    house.say(VILLAGE, "supervision", Tell(DISTRICT, "supervision", "case_escalated", CASE, told))
    house.say(VILLAGE, "assignment", Tell(DISTRICT, "supervision", "case_milestone", CASE, mile))
    house.say(VILLAGE, "assignment", Tell(DISTRICT, "assignment", "person_recused", CASE, {"recused": meant}))
    served = {
        name: mile[name] for name in ("number", "desk", "holder", "term", "entry_office", "entered_at", "category")
    }
    served |= {
        "receipt_hash": RECEIPT, "place": "", "excluded": [], "recused": meant, "opinion_no": "1", "verdict": "support",
        "served_at": MON, "review_until": MON, "review_office": DISTRICT,
    }  # fmt: skip
    house.say(VILLAGE, "assignment", Tell(DISTRICT, "hearing", "opinion_served", CASE, served))
    disputed = {name: mile[name] for name in ("number", "desk", "holder", "category", "place")}
    disputed |= {"offices": [VILLAGE, TOWN], "reason": "x", "at": MON, "recused": meant}
    house.say(VILLAGE, "assignment", Tell(DISTRICT, "assignment", "dispute_raised", CASE, disputed))
    wanted = {name: mile[name] for name in ("number", "desk", "category", "place", "excluded")}
    wanted |= {
        "ordinal": 1, "to": DISTRICT, "asked_by": VILLAGE, "what": "x", "due": MON, "asked_at": MON, "text": "", "recused": meant,
    }  # fmt: skip
    house.say(VILLAGE, "assignment", Tell(DISTRICT, "assignment", "help_asked", CASE, wanted))
    house.post()
    kept = [len(house.rows(DISTRICT, model)) for model in (CaseRow, AssignmentDispute, AssignmentHelp)]
    assert kept == [1, 1, 1], "the letters themselves are heard"
    assert house.rows(DISTRICT, VeilRow) == []
    assert [(row.recused, row.status) for row in house.rows(DISTRICT, LineRow)] == [([], "accepted")]
    assert house.ask(DISTRICT, "supervision", "clocks", {"case": CASE}, person=COVERING.id, **LEADER)["ok"]


def test_a_recusal_travels_with_the_file_and_reaches_an_offer_under_way(house: House) -> None:
    register(house, VILLAGE)
    recuse(house, VILLAGE, "P-1")
    do(house, VILLAGE, "offer", {"case": CASE, "to": TOWN})
    assert house.rows(TOWN, VeilRow) == [], "who signs for what comes from below, takes its veils"
    do(house, TOWN, "sign_for", {"case": CASE})
    assert [row.recused for row in house.rows(TOWN, AssignmentCase)] == [[veil(CASE, "P-1")]]
    assert not sees(house, TOWN, "P-1")
    do(house, TOWN, "offer", {"case": CASE, "to": VILLAGE})
    assert house.ask(VILLAGE, "assignment", "offers", {"desk": "petition"}, person="P-1")["result"] == {"offers": []}
    assert not house.command(VILLAGE, "assignment", "sign_for", {"case": CASE}, person="P-1")["ok"]
    recuse(house, TOWN, "P-2")
    assert not sees(house, VILLAGE, "P-2")
    do(house, VILLAGE, "sign_for", {"case": CASE})
    assert sorted(house.rows(VILLAGE, AssignmentCase)[0].recused) == sorted([veil(CASE, "P-1"), veil(CASE, "P-2")])


def test_a_handler_who_recuses_himself_is_gone_and_a_repeated_click_tells_nothing(house: House) -> None:
    register(house, TOWN)
    data = {"case": CASE, "person": "P-1", "ground": "interest", "reason": "本人承包地相邻"}
    payload = {"actor": {"id": "石", "office": TOWN, "person": "P-1"}, "data": data, "command_id": "c" * 32}
    service = AssignmentService.of(house.offices[TOWN])
    assert service.recuse_person(payload)["ok"]
    again = service.recuse_person(payload)
    assert again["error"] == {"code": "not_found", "message": "没有找到:该事项", "fields": {}}
    assert [row.text for row in house.rows(TOWN, AssignmentNote)] == ["本人承包地相邻"]


def test_a_recall_forgets_the_veils_objections_and_figures(house: House) -> None:
    register(house, VILLAGE)
    recuse(house, VILLAGE, "P-1")
    do(house, VILLAGE, "objection", {"case": CASE, "named": "石主任", "reason": "亲戚"})
    do(house, VILLAGE, "offer", {"case": CASE, "to": TOWN})
    do(house, TOWN, "sign_for", {"case": CASE})
    do(house, TOWN, "exclude", {"case": CASE, "office": VILLAGE, "reason": "被反映人在村任职"}, **LEADER)
    for model in (VeilRow, AssignmentObjection, AssignmentRecusal):
        assert house.rows(VILLAGE, model) == []
    assert [row.recused for row in house.rows(VILLAGE, AssignmentCase)] == [[]]
    assert len(house.rows(TOWN, VeilRow)) == 1


def test_an_objection_is_decided_by_a_leader_who_alone_reads_it(house: House) -> None:
    register(house, TOWN)
    named = do(house, TOWN, "objection", {"case": CASE, "person": "P-1", "named": "石主任", "reason": "亲戚"})
    objection = {"case": CASE, "objection": named["objection"], "grant": True, "reason": "属实"}
    shown = house.ask(TOWN, "assignment", "objections", {"case": CASE}, **LEADER)["result"]["objections"]
    assert [(each["named"], each["reason"], each["state"]) for each in shown] == [("石主任", "亲戚", "open")]
    clerks = house.ask(TOWN, "assignment", "objections", {"case": CASE})["result"]["objections"]
    assert [sorted(each) for each in clerks] == [["at", "id", "state"]]
    meant = house.ask(TOWN, "assignment", "objections", {"case": CASE}, person="P-1", **LEADER)["result"]
    assert meant == {"objections": []}
    todo = house.ask(TOWN, "assignment", "todo", {"desk": "petition"})["result"]["cases"]
    assert [each["todo"] for each in todo] == ["objection"]
    decided = do(house, TOWN, "decide_objection", {**objection, "ground": "related"}, **LEADER)
    assert decided["objection"] == named["objection"]
    assert not sees(house, TOWN, "P-1")
    row = house.rows(TOWN, AssignmentObjection)[0]
    assert (row.state, row.decided_by, row.why) == ("granted", "张三", "属实")
    again = house.command(TOWN, "assignment", "decide_objection", objection, **LEADER)
    assert again["error"]["code"] == "decided"
    missing = house.command(TOWN, "assignment", "decide_objection", {**objection, "objection": "0" * 32}, **LEADER)
    assert missing["error"]["message"] == "没有找到:回避申请"


def test_the_leader_objected_to_by_receipt_does_not_refuse_it(house: House) -> None:
    register(house, TOWN)
    said = {"receipt_hash": RECEIPT, "what": "objection", "person": SECRETARY.name, "text": "他与对方是亲戚"}
    do(house, TOWN, "say", said, "intake")
    himself = {**LEADER, "person": SECRETARY.id}
    (found,) = house.ask(TOWN, "assignment", "objections", {"case": CASE}, **himself)["result"]["objections"]
    given = {"case": CASE, "objection": found["id"], "grant": False, "reason": "不成立"}
    for person in ("", SECRETARY.id, CLERK.id):
        answer = house.command(TOWN, "assignment", "decide_objection", {**given, "person": person}, **himself)
        assert answer["error"]["code"] == "same_person"
    assert [row.state for row in house.rows(TOWN, AssignmentObjection)] == ["open"]
    do(house, TOWN, "decide_objection", {**given, "person": SECRETARY.id, "grant": True}, **LEADER)
    assert not sees(house, TOWN, SECRETARY.id)


def test_an_objection_by_receipt_is_kept_once(house: House) -> None:
    register(house, TOWN)
    said = {"saying": "e" * 32, "what": "objection", "at": MON, "text": "他是亲戚", "sealed": None, "person": ""}
    for _ in range(2):
        with house.offices[TOWN].uow("assignment", SYSTEM) as uow:
            acts.objected(uow, uow.session.get_one(AssignmentCase, CASE), said)
    rows = house.rows(TOWN, AssignmentObjection)
    assert [(row.id, row.named, row.veil, row.reason, row.by) for row in rows] == [
        ("e" * 32, "(未写明)", "", "他是亲戚", "reporter")
    ]
    given = {"case": CASE, "objection": "e" * 32, "grant": True, "reason": "属实"}
    assert house.command(TOWN, "assignment", "decide_objection", given, **LEADER)["error"]["code"] == "person_needed"
    do(house, TOWN, "decide_objection", {**given, "person": "P-1"}, **LEADER)
    assert not sees(house, TOWN, "P-1")


def test_figures_count_what_was_decided_here_and_say_no_case(house: House) -> None:
    blank = {"desk": "petition", "offices": 0, "persons": 0, "by_ground": {}, "cross_handled": 0}
    assert house.ask(TOWN, "assignment", "recusals", {"desk": "petition"})["result"] == blank
    register(house, VILLAGE)
    do(house, VILLAGE, "offer", {"case": CASE, "to": TOWN})
    do(house, TOWN, "sign_for", {"case": CASE})
    recuse(house, TOWN, "P-1")
    recuse(house, TOWN, "P-2", ground="witness")
    do(house, TOWN, "exclude", {"case": CASE, "office": VILLAGE, "reason": "回避"}, **LEADER)
    with house.offices[TOWN].uow("assignment", SYSTEM) as uow:
        uow.session.get_one(AssignmentCase, CASE).flags = ["cross_handled"]
    figures = house.ask(TOWN, "assignment", "recusals", {"desk": "petition"})["result"]
    assert figures == {
        "desk": "petition",
        "offices": 1,
        "persons": 2,
        "by_ground": {"other": 1, "related": 1, "witness": 1},
        "cross_handled": 1,
    }
    recused = house.ask(TOWN, "assignment", "recusals", {"desk": "petition"}, person="P-1")["result"]
    assert recused == blank
    assert house.ask(TOWN, "assignment", "recusals", {"desk": "discipline"})["error"]["code"] == "not_found"


def test_a_sealed_report_is_seen_by_triage_alone_until_it_is_matched(house: House) -> None:
    report(house)
    clerk = {"desk": "discipline", "roles": ["clerk", "leader", "head"]}
    assert [row.veils for row in house.rows(DISTRICT, VeilRow)] == [[TRIAGE]]
    for service, method, data in (
        ("assignment", "get_case", {"case": CASE}),
        ("intake", "get_report", {"case": CASE}),
        ("supervision", "clocks", {"case": CASE}),
    ):
        assert house.ask(DISTRICT, service, method, data, **clerk)["error"]["code"] == "not_found"
        assert house.ask(DISTRICT, service, method, data, **DISCIPLINE)["ok"]
    assert house.command(DISTRICT, "assignment", "take", {"case": CASE}, **clerk)["error"]["code"] == "not_found"
    counted = house.ask(DISTRICT, "assignment", "counts", {"desk": "discipline"}, **clerk)["result"]
    assert counted["held"] == 0
    with house.offices[DISTRICT].uow("assignment", SYSTEM) as uow:
        row = uow.session.get_one(AssignmentCase, CASE)
        row.matched = "unknown"
    do(house, DISTRICT, "note", {"case": CASE, "text": "已核对"}, **DISCIPLINE)
    assert house.ask(DISTRICT, "assignment", "get_case", {"case": CASE}, **clerk)["ok"]
    assert house.ask(DISTRICT, "supervision", "clocks", {"case": CASE}, **clerk)["ok"]
