"""Reading a request's JSON so that no body, however malformed, costs more than an error that says what is wrong."""

import json
import re
from collections.abc import Iterator
from typing import Any

from flask import Request, request
from flask_smorest import Blueprint
from marshmallow import ValidationError
from webargs.flaskparser import FlaskParser, is_json_request

from gateway.language import spoken
from gateway.problems import Problem

MAX_DEPTH = 20

# Half a surrogate pair cannot be written as UTF-8, NUL not into PostgreSQL; other controls have no place in a text.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


class JsonParser(FlaskParser):
    """webargs' parser with strict JSON."""

    def _raw_load_json(self, req: Request) -> Any:
        return checked_body(req)


class JsonBlueprint(Blueprint):
    """A flask-smorest blueprint whose bodies are read strictly."""

    ARGUMENTS_PARSER = JsonParser()


def checked_body(req: Request | None = None) -> Any:
    """The JSON of a request. Raises Problem (400, 415) or ValidationError with the path of what cannot be stored."""
    req = req or request
    if not is_json_request(req):
        raise Problem(415, "not_json")
    data = _parsed(req.get_data(cache=True))
    check_texts(data)
    return data


def check_texts(data: Any) -> None:
    """Raises ValidationError naming each text that cannot be stored, or nesting beyond reason."""
    found: dict[str, list[str]] = {}
    for path, text in _texts(data):
        if _UNWRITABLE.search(text):
            found[path] = ["Cannot be stored: a control character or half a character."]
    if found:
        raise ValidationError(found)


def _parsed(body: bytes) -> Any:
    try:
        return json.loads(body.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        raise Problem(400, "malformed_json", errors={"body": [spoken("JSON 格式有误", "This is not JSON")]}) from None


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _texts(data: Any) -> Iterator[tuple[str, str]]:
    waiting: list[tuple[tuple[str, ...], Any]] = [((), data)]
    while waiting:
        path, value = waiting.pop()
        if len(path) > MAX_DEPTH:
            raise ValidationError({path[0]: ["Nested too deeply."]})
        if isinstance(value, str):
            yield ".".join(path) or "body", value
        elif isinstance(value, dict):
            waiting += [((*path, _printable(key)), item) for key, item in value.items()]
            yield from ((".".join((*path, _printable(key))), key) for key in value)
        elif isinstance(value, list):
            waiting += [((*path, str(place)), item) for place, item in enumerate(value)]


def _printable(key: str) -> str:
    return _UNWRITABLE.sub("?", key)[:60]
