"""Bad input of every command and query: an error that names the field, and nothing half-written.

The payloads are made from the schemas, so a new command is tested without a line here.
"""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from marshmallow import Schema, fields
from sqlalchemy import select

from contracts.commands import assignment, hearing, intake, supervision
from network.db import Base
from shangda.composition import CASEWORK
from tests.services.house import DISTRICT, House
from tests.services.payloads import NASTY, accepted, faults_of, needed, refused
from tests.services.supervision.told import MON

BY_SERVICE = {"intake": intake, "assignment": assignment, "supervision": supervision, "hearing": hearing}
COMMANDS = [(service, name, schema) for service, each in BY_SERVICE.items() for name, schema in each.COMMANDS.items()]
QUERIES = [(service, name, schema) for service, each in BY_SERVICE.items() for name, schema in each.QUERIES.items()]
IDS = [f"{service}.{name}" for service, name, _ in COMMANDS]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> House:
    services = {service.name: service for service in CASEWORK}
    return House(tmp_path_factory.mktemp("bad"), services).open([DISTRICT], MON)


def written(house: House) -> Mapping[str, int]:
    """How many rows every table has."""
    with house.offices[DISTRICT].reading() as session:
        return {name: len(session.execute(select(table)).all()) for name, table in Base.metadata.tables.items()}


def refusal(house: House, service: str, name: str, data: Any) -> Mapping[str, Any]:
    roles = ("clerk", "leader", "triage", "head")
    answer = house.command(DISTRICT, service, name, data, roles=roles)
    assert not answer["ok"], f"{service}.{name} took {data}"
    error: Mapping[str, Any] = answer["error"]
    return error


@pytest.mark.parametrize(("service", "name", "schema"), COMMANDS, ids=IDS)
def test_each_bad_field_is_named_and_nothing_is_written(
    house: House, service: str, name: str, schema: type[Schema]
) -> None:
    before, good = written(house), accepted(schema())
    for field_name, field in schema().fields.items():
        for bad in refused(field, iter(NASTY)):
            error = refusal(house, service, name, {**good, field_name: bad})
            assert error["code"] == "invalid"
            assert field_name in error["fields"], f"{field_name}={bad!r:.80}: {error}"
            assert all(error["fields"].values()), "each has a sentence"
    assert written(house) == before


@pytest.mark.parametrize(("service", "name", "schema"), COMMANDS, ids=IDS)
def test_each_missing_field_is_named_and_so_is_an_unknown_one(
    house: House, service: str, name: str, schema: type[Schema]
) -> None:
    before, good = written(house), accepted(schema())
    for field_name in needed(schema()):
        error = refusal(house, service, name, {key: value for key, value in good.items() if key != field_name})
        assert error["code"] == "invalid"
        assert field_name in error["fields"]
    error = refusal(house, service, name, {**good, "no_such_field": 1})
    assert "no_such_field" in error["fields"]
    assert written(house) == before


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_json_is_sent_to_a_command_only_its_own_faults_are_named(house: House, data: st.DataObject) -> None:
    service, name, schema = data.draw(st.sampled_from(COMMANDS))
    fields = list(schema().fields)
    sent = {**accepted(schema()), **data.draw(st.dictionaries(st.sampled_from(fields), JSON, min_size=1, max_size=3))}
    wrong = faults_of(schema(), sent)
    if not wrong:
        return  # it happens to be good input
    before = written(house)
    error = refusal(house, service, name, sent)
    assert error["code"] == "invalid"
    assert set(error["fields"]) == wrong
    assert written(house) == before


@pytest.mark.parametrize(("service", "name", "schema"), QUERIES, ids=[f"{s}.{n}" for s, n, _ in QUERIES])
def test_each_bad_field_of_a_query_is_named(house: House, service: str, name: str, schema: type[Schema]) -> None:
    good = accepted(schema())
    for field_name, field in schema().fields.items():
        for bad in refused(field, iter(NASTY)):
            answer = house.ask(DISTRICT, service, name, {**good, field_name: bad})
            assert not answer["ok"]
            assert field_name in answer["error"]["fields"]
    answer = house.ask(DISTRICT, service, name, {**good, "no_such_field": 1})
    assert "no_such_field" in answer["error"]["fields"]


@pytest.mark.parametrize(("service", "name", "schema"), COMMANDS, ids=IDS)
@pytest.mark.parametrize("year", ["0001", "9999"])
def test_a_day_that_nobody_can_have_meant_is_named(
    house: House, service: str, name: str, schema: type[Schema], year: str
) -> None:
    """Until then such a day was an error of the calendar or the database, and the caller read nothing of it."""
    days = {key: f"{year}-12-31" for key, field in schema().fields.items() if type(field) is fields.Date}
    moments = {
        key: f"{year}-01-01T00:00:00+08:00"
        for key, field in schema().fields.items()
        if isinstance(field, fields.AwareDateTime)
    }
    good = accepted(schema())
    for strange in [{key: value} for key, value in (days | moments).items()] + [days] * bool(days):
        error = refusal(house, service, name, {**good, **strange})
        assert (error["code"], bool(error["fields"])) == ("invalid", True), strange


@pytest.mark.parametrize("name", ["figures", "receptions", "channel_reports"])
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_a_day_that_nobody_can_have_meant_is_named_in_a_query(house: House, name: str, day: str) -> None:
    answer = house.ask(DISTRICT, "intake", name, {"since": day, "until": day})
    assert sorted(answer["error"]["fields"]) == ["since", "until"]


@pytest.mark.parametrize("name", ["card_batches", "home_visits", "go_downs"])
@pytest.mark.parametrize("after", ["9" * 80, "٣", "-1"])
def test_a_cursor_that_is_no_number_of_ours_is_named(house: House, name: str, after: str) -> None:
    assert list(house.ask(DISTRICT, "intake", name, {"after": after})["error"]["fields"]) == ["after"]


def test_every_command_and_query_of_the_contracts_has_its_entrypoint() -> None:
    by_name = {service.name: service for service in CASEWORK}
    for service, name, _ in (*COMMANDS, *QUERIES):
        assert callable(getattr(by_name[service], name, None)), f"{service}.{name} has no entrypoint"
