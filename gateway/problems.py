"""Errors as problem documents (RFC 9457), each naming the fields that are wrong."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Flask, Response
from flask_smorest import Api
from marshmallow import Schema, fields
from werkzeug.exceptions import HTTPException

from contracts.errors import Refused
from contracts.faults import sentences
from gateway.language import in_english, language, spoken, translated

MEDIA_TYPE = "application/problem+json"

_TITLES: Mapping[int, tuple[str, str]] = {
    400: ("请求无法读取", "The request cannot be read"),
    401: ("请先登录", "Please log in"),
    403: ("没有权限", "Not allowed"),
    404: ("没有找到", "Not found"),
    405: ("此处不支持这种请求方式", "This method is not allowed here"),
    409: ("与当前状态不符", "In conflict with the present state"),
    413: ("内容太大", "The content is too large"),
    415: ("内容类型应为 application/json", "The content type must be application/json"),
    422: ("内容不符合要求", "The content is not acceptable"),
    429: ("尝试次数过多，请稍后再试", "Too many attempts, please wait"),
    500: ("系统出错，请稍后重试", "Something went wrong, please try again later"),
    503: ("暂时无法完成，请稍后重试", "Not possible right now, please try again later"),
}


class Problem(Exception):
    """An answer other than success. ``errors`` maps a field's path ("accused.0.name") to sentences."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str = "",
        errors: Mapping[str, list[str]] | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.errors = dict(errors or {})
        self.retry_after = retry_after  # seconds

    def document(self) -> dict[str, Any]:
        """The members of the problem document."""
        found = {
            "type": "about:blank",
            "title": _title(self.status),
            "status": self.status,
            "code": self.code,
            "detail": self.detail,
            "errors": self.errors,
        }
        return {key: value for key, value in found.items() if value not in ("", {})}

    def response(self) -> Response:
        body = json.dumps(self.document(), ensure_ascii=False)
        response = Response(body, self.status, content_type=MEDIA_TYPE)
        if self.retry_after is not None:
            response.headers["Retry-After"] = str(self.retry_after)
        return response


class ProblemSchema(Schema):
    """A problem document (RFC 9457); ``code`` is a stable word, ``errors`` maps field paths to sentences."""

    type = fields.String()
    title = fields.String()
    status = fields.Integer()
    code = fields.String()
    detail = fields.String()
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()))


class ProblemApi(Api):
    """flask-smorest, answering every error with a problem document."""

    ERROR_SCHEMA = ProblemSchema
    DEFAULT_ERROR_RESPONSE_NAME = "problem"

    def handle_http_exception(self, error: HTTPException) -> Response:
        return problem_of(error).response()


def invalid(messages: Mapping[str, Any]) -> Problem:
    """422, from marshmallow's nested messages."""
    return Problem(422, "invalid", errors=fields_of(messages))


def fields_of(messages: Mapping[str, Any]) -> dict[str, list[str]]:
    """Field path → sentences in the language of the request; what concerns the whole is under "body"."""
    found: dict[str, list[str]] = {}
    for path, sentence in sentences(messages):
        found.setdefault(path or "body", []).append(translated(sentence))
    return found


def _named(found: Any) -> Mapping[str, Any]:
    return found if isinstance(found, Mapping) else {"_schema": found}


def problem_of(error: HTTPException) -> Problem:
    """What an error of the framework says, as a problem."""
    status = error.code or 500
    data = getattr(error, "data", None) or {}
    messages = data.get("messages") or {}
    if messages:  # webargs puts them under where they were found: json, query, headers
        return invalid({name: each for found in messages.values() for name, each in _named(found).items()})
    return Problem(status, error.name.lower().replace(" ", "_"))


def from_refusal(status: int, refused: Refused) -> Problem:
    """A rule's refusal as a problem."""
    words = in_english(refused.code) if language() == "en" else ""
    errors = {field: [words] for field in fields_of(refused.fields)} if words else fields_of(refused.fields)
    return Problem(status, refused.code, words or refused.message, errors)


def answer_with_problems(app: Flask) -> None:
    """Every error of the application becomes a problem document."""
    app.register_error_handler(Problem, lambda problem: problem.response())
    app.register_error_handler(HTTPException, lambda error: problem_of(error).response())


def _title(status: int) -> str:
    return spoken(*_TITLES.get(status, ("请求未能完成", "The request was not completed")))
