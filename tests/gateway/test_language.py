"""What is wrong with a request is said in Chinese without a foreign word, and in English to who wants English."""

import ast
import inspect
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from marshmallow import Schema, ValidationError, fields, validate

from contracts.commands import assignment, hearing, intake, supervision
from contracts.policy import Policy
from contracts.policy_schema import PolicyError, policy_from
from contracts.words import Status
from gateway.desk import schemas as of_desk
from gateway.portal import schemas as of_portal
from gateway.problems import fields_of
from services.assignment import guards
from tests.services.payloads import bad
from tests.services.refusals import problem

ROOT = Path(__file__).parents[2]
WORD = re.compile(r"\w*[A-Za-z]{3,}\w*", re.ASCII)
HAN = re.compile(r"[\u4e00-\u9fff]")


def taken_by(module: ModuleType) -> Iterator[type[Schema]]:
    """The schemas of a web program that read what is sent: those that need something."""
    for _, each in inspect.getmembers(module, inspect.isclass):
        if issubclass(each, Schema) and any(field.required for field in each().fields.values()):
            yield each


COMMANDS: tuple[type[Schema], ...] = tuple(
    schema
    for service in (assignment, hearing, intake, supervision)
    for schema in (service.COMMANDS | service.QUERIES).values()
)
SCHEMAS = {f"{each.__module__}.{each.__name__}": each for each in (*COMMANDS, *taken_by(of_desk), *taken_by(of_portal))}


def messages(schema: Schema) -> Iterator[Mapping[str, Any]]:
    """What the schema says of every bad payload."""
    for payload in bad(schema):
        try:
            schema.load(payload)
        except ValidationError as error:
            yield error.messages_dict


def ids(schema: Schema) -> set[str]:
    """The names of a schema's fields, and the words of its lists: programs send them as they are."""
    found: set[str] = set()
    for name, field in schema.fields.items():
        inner = field.inner if isinstance(field, fields.List) else field
        found |= {
            name,
            *(str(word) for rule in inner.validators if isinstance(rule, validate.OneOf) for word in rule.choices),
        }
        if isinstance(inner, fields.Nested):
            found |= ids(inner.schema)
    return found


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_no_foreign_word_is_in_what_a_schema_says(schema: type[Schema]) -> None:
    known, told = ids(schema()), 0
    for found in messages(schema()):
        for path, sentences in fields_of(found).items():
            for sentence in sentences:
                told += 1
                assert not set(WORD.findall(sentence)) - known, f"{path}: {sentence}"
                assert HAN.search(sentence), f"{path}: {sentence}"
    assert told


@pytest.mark.parametrize("schema", SCHEMAS.values(), ids=SCHEMAS)
def test_who_wants_english_reads_the_schemas_in_english(schema: type[Schema]) -> None:
    """The commands' own rules speak to staff: where they have no English beside the Chinese, that stands alone."""
    with Flask(__name__).test_request_context(headers={"Accept-Language": "en-GB,en;q=0.9"}):
        told = {each for found in messages(schema()) for said in fields_of(found).values() for each in said}
    assert any(not HAN.search(sentence) for sentence in told)
    assert not {sentence for sentence in told if re.search("应为|只能是|请填写此项|格式不对|最多", sentence)}


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Must be one of: , open, answered.", "只能是：open、answered，或者不填"),
        ("Must be greater than or equal to 1 and less than or equal to 366.", "应在 1 到 366 之间"),
        ("Must be greater than or equal to -5 and less than or equal to 0.5.", "应在 -5 到 0.5 之间"),
        ("请另行登记呼救 (call for help apart from the accusation)", "请另行登记呼救"),
        ("本机没有密钥 (the office's key is not here)", "本机没有密钥"),
    ],
)
def test_what_is_known_of_a_sentence_is_kept(english: str, chinese: str) -> None:
    assert fields_of({"x": [english]}) == {"x": [chinese]}


def test_each_of_several_sentences_about_a_field_is_told_by_itself() -> None:
    said = {"x": ["Length must be between 1 and 60.", "String does not match expected pattern."], "y": "Unknown field."}
    assert fields_of(said) == {"x": ["应为 1 到 60 个字", "格式不对"], "y": ["没有这一项"]}


BROKEN: dict[str, tuple[tuple[str, ...], Any]] = {
    "缺少：K24": (("clocks", "K24"), None),
    "时限 K11 没有期限，也没有人来定": (("periods", "sweep", "clock"), "K11"),
    "extends 和 times 须同时填写": (("clocks", "K6", "times"), 0),
    "town 重复": (("ladders", "petition", "3", "name"), "town"),
}


@pytest.mark.parametrize(("said", "change"), BROKEN.items(), ids=BROKEN)
def test_the_faults_of_a_policy_are_told_in_chinese(
    policy: Policy, said: str, change: tuple[tuple[str, ...], Any]
) -> None:
    """A leader who publishes one reads them at his desk."""
    with pytest.raises(PolicyError) as error:
        policy_from(changed(policy.body, *change))
    told = [sentence for sentences in fields_of({"body": error.value.faults}).values() for sentence in sentences]
    assert said in told
    assert all(HAN.search(sentence) for sentence in told)


def changed(body: Any, path: tuple[str, ...], value: Any) -> Any:
    """The same body with something else, or nothing, at a path."""
    if isinstance(body, list):
        return [changed(each, path[1:], value) if str(place) == path[0] else each for place, each in enumerate(body)]
    if len(path) == 1:
        rest = {key: each for key, each in body.items() if key != path[0]}
        return rest if value is None else {**rest, path[0]: value}
    return {**body, path[0]: changed(body[path[0]], path[1:], value)}


REFUSALS = ("Refused", "NotFound", "Problem", "ValidationError")
# What is told only to who writes a policy file or reads a log; a refusal's first word is its code.
CODED = ("Refused", "Problem")


def refusals() -> Iterator[tuple[str, ast.AST]]:
    """(where, what is told) for every refusal in the services, but for its code."""
    for path in sorted((ROOT / "services").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "id", "")
            if isinstance(node, ast.Call) and name in REFUSALS:
                yield from ((f"{path.name}:{node.lineno}", told) for told in node.args[1 if name in CODED else 0 :])


STATES = ("state", "status")


def told_as_they_are(node: ast.AST) -> Iterator[str]:
    """The states within an expression that are told as programs write them, and not in words."""
    if isinstance(node, ast.Attribute) and node.attr in STATES:
        yield node.attr
    if not isinstance(node, ast.Call | ast.Subscript):
        for each in ast.iter_child_nodes(node):
            yield from told_as_they_are(each)


def texts(node: ast.AST) -> Iterator[str]:
    """The texts within an expression; the keys of a dictionary and of a look-up are names."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    names = getattr(node, "keys", []) if isinstance(node, ast.Dict) else [getattr(node, "slice", None)]
    for each in ast.iter_child_nodes(node):
        if each not in names:
            yield from texts(each)


def test_no_rule_refuses_in_a_foreign_word() -> None:
    found = [(where, text) for where, told in refusals() for text in texts(told)]
    assert len(found) > 300
    assert [(where, text) for where, text in found if WORD.search(text)] == []


def test_no_rule_tells_a_state_as_programs_write_it() -> None:
    assert [(where, state) for where, told in refusals() for state in told_as_they_are(told)] == []


@pytest.mark.parametrize("status", Status)
def test_a_refused_clerk_reads_how_the_case_stands_in_chinese(status: Status) -> None:
    refused = problem(guards.status, SimpleNamespace(status=status.value))
    assert refused["fields"] == {"case": [f"状态为{status.zh}"]}
    assert HAN.search(status.zh)
    assert not WORD.search(status.zh)
