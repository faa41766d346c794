"""The route of the folder: what the services of the office have of the cases, as a page to print."""

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from contracts.calendar import local_day
from gateway.desk.acts import blueprint
from gateway.desk.asking import desk, query, session
from gateway.desk.folder.pages import Known, folder
from gateway.problems import Problem
from network.clock import now

HERE = Path(__file__).parent
STYLE = (HERE / "folder.css").read_text(encoding="utf-8")
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
MOST_PROMISES = 20
NOT_HERE = 404
pages = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined)


@blueprint.get("/go-downs/<go_down>/folder")
def leaders_folder(go_down: str) -> Response:
    """The folder for a leader who goes down: his cases, their story, promises and clocks, and the law, on two A4 pages.

    A page to print, whole in itself. Who reported is not in it; a case from which he is recused is not either.
    """
    plan = query("intake", "go_down", {"go_down": go_down})
    names = {office.id: office.short_name for office in desk().tree.offices.values()}
    known = [_known(each) for each in plan["cases"]]
    today = local_day(now())
    made = folder(known, desk().policy, names, today)
    office = desk().tree.office(session().actor.office).name
    html = pages.get_template("folder.html").render(
        plan=plan, folder=made, office=office, today=today, cases=len(known), style=STYLE
    )
    return Response(html, content_type="text/html; charset=utf-8", headers={"Content-Security-Policy": POLICY})


def _known(line: Mapping[str, Any]) -> Known:
    case = {"case": line["case"]}
    file = _if_known("assignment", "get_case", case)
    clocks = _if_known("supervision", "clocks", case).get("clocks", [])
    return Known(line["number"], file, clocks, promises_of(line["case"]))


def promises_of(case: str) -> list[Mapping[str, Any]]:
    """What the promise book has of a case."""
    found: list[Mapping[str, Any]] = query("intake", "promises", {"case": case, "limit": MOST_PROMISES})["promises"]
    return found


def _if_known(service: str, method: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The answer; {} where this office has nothing of it. Raises Problem for anything else."""
    try:
        found: dict[str, Any] = query(service, method, data)
    except Problem as problem:
        if problem.status == NOT_HERE:
            return {}
        raise
    return found
