"""A report accuses somebody who works in the network: nothing that he can ask, do or read shows that there is one.

Two houses live the same months. In one of them there is a report more. What the accused is answered has to be the same
in both, to the byte: lists, counts, pages, searches, ladders, notices, refusals, logs.
"""

import json
import logging
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from marshmallow import Schema, fields, validate

from contracts.commands import assignment, hearing, intake, supervision
from contracts.officials import Duty, Official, OfficialSchema, Post
from gateway.desk.asking import refusal
from network.tables import InboxRow
from services.assignment.service import AssignmentService
from services.hearing.service import HearingService
from services.intake.service import IntakeService
from services.supervision.clocks.models import StepRow
from services.supervision.service import SupervisionService
from tests.services.assignment.cases import MON
from tests.services.house import DISTRICT, TOWN, VILLAGE, House
from tests.services.payloads import accepted, needed

STREET = "610402902"
OFFICES = (DISTRICT, TOWN, VILLAGE, STREET)
SERVICES = {
    "intake": IntakeService,
    "assignment": AssignmentService,
    "supervision": SupervisionService,
    "hearing": HearingService,
}
CONTRACTS = {"intake": intake, "assignment": assignment, "supervision": supervision, "hearing": hearing}
ACCUSING, ABSENT = "f" * 32, "e" * 32
KNOWN = {office: f"{number}" * 32 for number, office in enumerate(OFFICES, start=1)}
MATCHED = "9" * 32
LONG_AGO = date(2020, 1, 1)
TRIAGE = {"id": "triage", "desk": "discipline", "roles": ["clerk", "leader", "triage", "head"]}
LEADER = {"id": "leader", "roles": ["clerk", "leader"]}
CREATING = {("intake", "register"), ("intake", "register_sealed")}  # the desk draws the case's id itself


@dataclass(frozen=True)
class Role:
    """Who is accused: where he logs in, at which desk, in which roles, and as which official."""

    office: str
    desk: str
    roles: tuple[str, ...]
    official: Official

    @property
    def account(self) -> dict[str, Any]:
        return {"id": "accused", "desk": self.desk, "roles": list(self.roles), "person": self.official.id}

    @property
    def colleague(self) -> dict[str, Any]:
        return {"id": "colleague", "desk": self.desk, "roles": list(self.roles), "person": "gb-999"}


def official(number: str, rank: Any, office: str, duty: Any = None, scope: str = "") -> Official:
    duties = (Duty(duty, scope, LONG_AGO),) if duty else ()
    return Official(number, "某人", rank, "district", (Post(office, "岗位", LONG_AGO),), duties)


ROLES = {
    "covering_leader": Role(
        DISTRICT,
        "petition",
        ("clerk", "leader"),
        official("gb-1", "department_head", DISTRICT, "covering_leader", TOWN),
    ),
    "area_holder": Role(
        DISTRICT,
        "discipline",
        ("clerk", "leader", "area_holder"),
        official("gb-2", "department_head", DISTRICT, "area_holder", "east"),
    ),
    "reception_leader": Role(
        STREET, "petition", ("clerk", "leader"), official("gb-3", "town_leader", STREET, "reception_leader", STREET)
    ),
    "town_clerk": Role(TOWN, "petition", ("clerk",), official("gb-4", "town_staff", TOWN)),
    "village_clerk": Role(VILLAGE, "petition", ("clerk", "leader"), official("gb-5", "village_cadre", VILLAGE)),
}


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The databases of offices that have cases which nobody is recused from."""
    folder = tmp_path_factory.mktemp("furnished")
    house = _opened(folder)
    _furnish(house)
    _close(house)
    return folder


@pytest.fixture
def houses(tmp_path: Path, furnished: Path) -> Iterator[tuple[House, House]]:
    """The house with a report more, and its twin."""
    made = [_opened(Path(shutil.copytree(furnished, tmp_path / name))) for name in ("more", "twin")]
    yield made[0], made[1]
    reasons = [
        row.reason
        for house in made
        for office in OFFICES
        for row in house.rows(office, InboxRow)
        if row.state != "applied"
    ]
    for house in made:
        _close(house)
    assert reasons == []


def _opened(folder: Path) -> House:
    return House(folder, SERVICES).open(OFFICES, MON)


def _close(house: House) -> None:
    for office in house.offices.values():
        office.engine.dispose()


def _furnish(house: House) -> None:
    officials = OfficialSchema(many=True).dump([role.official for role in ROLES.values()])
    act(house, DISTRICT, "assignment", "import_officials", {"version": "1", "officials": officials}, **TRIAGE)
    for office in OFFICES:
        petition(house, office, KNOWN[office])
    sealed_report(house, MATCHED)
    act(house, DISTRICT, "assignment", "match_accused", {"case": MATCHED, "unknown": True}, **TRIAGE)


def act(house: House, office: str, service: str, method: str, data: Mapping[str, Any], **actor: Any) -> None:
    answer = house.command(office, service, method, dict(data), **actor)
    assert answer["ok"], answer
    house.post()


def petition(house: House, office: str, case: str) -> None:
    plain = {"receipt_hash": case * 2, "channel": "visit", "nature": "seek", "category": "C03", "place": VILLAGE}
    told = {"case": case, "text": "排水渠被填", "real_name": False, "contactable": False}
    act(house, office, "intake", "register", {**plain, **told})


def sealed_report(house: House, case: str) -> None:
    envelope = {"version": 1, "case": case, "ciphertext": "c2VhbGVk", "keys": {f"{DISTRICT}/discipline": "k"}}
    plain = {"case": case, "receipt_hash": case * 2, "channel": "letter", "nature": "accuse"}
    whom = {"recipient_office": DISTRICT, "recipient_desk": "discipline", "sealed": envelope}
    told = {**plain, **whom, "real_name": False, "contactable": False}
    act(house, DISTRICT, "intake", "register_sealed", told, **TRIAGE)


def match(house: House, role: Role) -> None:
    data = {"case": ACCUSING, "officials": [role.official.id], "marks": []}
    act(house, DISTRICT, "assignment", "match_accused", data, **TRIAGE)


def months_pass(*houses: House) -> None:
    """Every clock runs out and climbs its ladder, step by step."""
    for _ in range(8):
        for house in houses:
            house.pass_time(23)
            house.poll()
            house.post()


def asked(schema: type[Schema], desk: str, case: str) -> Iterator[dict[str, Any]]:
    """Ways to ask a query: the least it needs, and every choice that an optional field offers."""
    given = schema()
    whole = {**accepted(given), "desk": desk, "case": case, "text": "0402", "receipt_hash": case * 2}
    whole |= {"receipt_hashes": [case * 2], "session": case, "limit": 200}
    least = {name: whole[name] for name in needed(given)}
    least |= {name: whole[name] for name in ("desk", "limit") if name in given.fields}
    yield least
    for name, field in given.fields.items():
        for choice in _choices(field):
            if name != "desk":
                yield {**least, name: choice}


def _choices(field: fields.Field) -> Iterator[Any]:
    if isinstance(field, fields.Boolean):
        yield from (True, False)
    for rule in field.validators:
        if isinstance(rule, validate.OneOf):
            yield from rule.choices


def everything(house: House, role: Role, account: Mapping[str, Any]) -> dict[str, str]:
    """Every query of every service, asked in every way, with its answer as it goes over the wire."""
    questions = {
        (service, name, json.dumps(data, sort_keys=True))
        for service, contract in CONTRACTS.items()
        for name, schema in contract.QUERIES.items()
        for case in (ACCUSING, KNOWN[role.office], MATCHED)
        for data in asked(schema, role.desk, case)
    }
    return {
        f"{service}.{name} {data}": json.dumps(house.ask(role.office, service, name, json.loads(data), **account))
        for service, name, data in questions
    }


def differences(houses: tuple[House, House], role: Role, account: Mapping[str, Any]) -> list[str]:
    more, twin = (everything(house, role, account) for house in houses)
    assert len(more) > 100
    return [question for question in more if more[question] != twin[question]]


@pytest.mark.parametrize("name", ROLES)
def test_the_accused_is_answered_as_if_there_were_no_report(
    name: str, houses: tuple[House, House], caplog: pytest.LogCaptureFixture
) -> None:
    role = ROLES[name]
    more, _ = houses
    sealed_report(more, ACCUSING)
    assert differences(houses, role, role.account) == [], "before triage"
    match(more, role)
    assert differences(houses, role, role.account) == [], "after triage"
    months_pass(*houses)
    steps = [row.step for row in more.rows(DISTRICT, StepRow) if row.case_id == ACCUSING]
    assert len(steps) > 1, "the ladder was climbed all the same"
    caplog.clear()
    with caplog.at_level(logging.DEBUG):
        assert differences(houses, role, role.account) == [], "after every clock ran out"
    assert ACCUSING not in caplog.text
    if role.desk == "discipline":
        assert differences(houses, role, role.colleague) != [], "a colleague at the same desk sees the report"


@pytest.mark.parametrize("name", [name for name, role in ROLES.items() if role.desk == "petition"])
def test_a_petition_about_him_is_gone_for_him_and_stays_for_his_colleague(
    name: str, houses: tuple[House, House]
) -> None:
    role = ROLES[name]
    more, _ = houses
    petition(more, role.office, ACCUSING)
    recusal = {"case": ACCUSING, "person": role.official.id, "ground": "accused", "reason": "信访反映的就是他"}
    act(more, role.office, "assignment", "recuse_person", recusal, **LEADER)
    assert differences(houses, role, role.account) == []
    months_pass(*houses)
    assert differences(houses, role, role.account) == []
    assert differences(houses, role, role.colleague) != []


@pytest.mark.parametrize("name", ROLES)
def test_his_acts_are_refused_in_the_words_for_a_case_that_does_not_exist(
    name: str, houses: tuple[House, House]
) -> None:
    role = ROLES[name]
    more, _ = houses
    if role.desk == "petition":
        petition(more, role.office, ACCUSING)
        recusal = {"case": ACCUSING, "person": role.official.id, "ground": "accused", "reason": "信访反映的就是他"}
        act(more, role.office, "assignment", "recuse_person", recusal, **LEADER)
    else:
        sealed_report(more, ACCUSING)
        match(more, role)
    months_pass(more)
    steps = [row.id for row in more.rows(role.office, StepRow) if row.case_id == ACCUSING]
    for service, contract in CONTRACTS.items():
        for command, schema in contract.COMMANDS.items():
            for data in _aimed(schema(), [*steps, ACCUSING]):
                if (service, command) not in CREATING:
                    _same_refusal(more, role, (service, command), data)


def _aimed(schema: Schema, ids: list[str]) -> Iterator[dict[str, Any]]:
    """Payloads that name the accusing report by whatever the command takes: case, receipt, step."""
    names = {"case": ACCUSING, "receipt_hash": ACCUSING * 2, "cases": [ACCUSING], "session": ACCUSING}
    whole = accepted(schema)
    for id_ in ids:
        named = {**names, "step_id": id_, "objection": ACCUSING}
        aimed = {name: value for name, value in named.items() if name in schema.fields}
        if "case" in aimed and "receipt_hash" in aimed:
            aimed["receipt_hash"] = None
        if aimed:
            yield json.loads(json.dumps({**whole, **aimed}).replace('"case": "' + "a" * 32, f'"case": "{ACCUSING}'))


def _same_refusal(house: House, role: Role, what: tuple[str, str], data: dict[str, Any]) -> None:
    absent = json.loads(json.dumps(data).replace(ACCUSING, ABSENT))
    answers = [house.command(role.office, *what, asked_for, **role.account) for asked_for in (data, absent)]
    shown = [json.dumps(answer).replace(ABSENT, ACCUSING) for answer in answers]
    assert shown[0] == shown[1], what
    if not answers[0]["ok"]:
        hidden, missing = (vars(refusal(answer["error"])) for answer in answers)
        assert hidden == missing, "the gateway's words too"
