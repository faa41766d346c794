"""The report form as a browser sends it, made into what the API takes: same schema, same errors, same field names."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from contracts.outreach import SERIAL
from gateway.json_body import check_texts
from gateway.portal.schemas import FileReport
from gateway.reports import Report

ACCUSED_ON_FORM = 3
_ACCUSED = ("name", "office", "post", "rank")
_REPORTER = ("name", "phone", "address")


def read_report(form: Mapping[str, str]) -> Report:
    """The report of a form; ValidationError with the form's field names."""
    data = _as_json(form)
    check_texts(data)
    missing = _unanswered(form, data)
    if missing:
        raise ValidationError({**FileReport().validate(data), **missing})
    report: Report = FileReport().load(data)[0]
    if form.get("who") == "named" and not report.real_name:
        raise ValidationError({"reporter": {"name": ["A word is needed here."]}})
    return report


def _unanswered(form: Mapping[str, str], data: Mapping[str, Any]) -> dict[str, list[str]]:
    """What the form has to ask again. Whether somebody is accused is never guessed: it decides who may read the report."""
    missing = {}
    if not data["place"]:
        missing["place"] = ["Choose a place or write one."]
    if form.get("about_cadre") not in ("yes", "no") and not data["accused"]:
        missing["about_cadre"] = ["Choose yes or no."]
    return missing


def draft_of(form: Mapping[str, str]) -> str | None:
    return form.get("draft") or None


def _as_json(form: Mapping[str, str]) -> dict[str, Any]:
    place, words = form.get("place", ""), form.get("place_text", "").strip()
    text = form.get("text", "").replace("\r\n", "\n")
    if place and words and text.strip():
        text = f"{text}\n\n具体地点：{words}"
    return {
        "text": text,
        "place": place or words,
        "category": form.get("category", ""),
        "accused": _accused(form),
        "reporter": _reporter(form),
        "urgent": "urgent" in form,
        "emergency": "emergency" in form,
        "card": card_of(form.get("card", "")),
    }


def card_of(given: str) -> str:
    """The serial of a contact card, "" for what is none: a damaged code keeps nobody from reporting."""
    return given if re.fullmatch(SERIAL, given) else ""


def _accused(form: Mapping[str, str]) -> list[dict[str, str]]:
    """Those filled in. An explicit "no" leaves them out, an explicit "yes" asks for at least one."""
    if form.get("about_cadre") == "no":
        return []
    rows = [{key: form.get(f"accused.{n}.{key}", "").strip() for key in _ACCUSED} for n in range(ACCUSED_ON_FORM)]
    filled = [row for row in rows if row["name"] or row["office"] or row["post"]]
    chosen = filled or (rows[:1] if form.get("about_cadre") == "yes" else [])
    return [{**row, "rank": row["rank"] or "unknown"} for row in chosen]


def _reporter(form: Mapping[str, str]) -> dict[str, str] | None:
    if form.get("who") == "anonymous":
        return None
    given = {key: form.get(f"reporter.{key}", "").strip() for key in _REPORTER}
    return given if any(given.values()) or form.get("who") == "named" else None
