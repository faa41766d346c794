"""What stands around every page of the portal: language, size, and addresses that keep them."""

from typing import Any

from flask import Response, make_response, render_template, request, url_for

from gateway.language import language, spoken
from gateway.portal.context import portal
from gateway.portal.wording import day, field_name, moment

_KEPT = ("lang", "size")
_SENT_FROM = {"pages.send_report": "pages.report_form", "pages.status_or_say": "pages.status"}


def page(template: str, code: int = 200, /, **given: Any) -> Response:
    """A page of ``template``, which gets ``given`` and what every page needs."""
    tree = portal().office.tree
    shared = {
        "t": spoken,
        "lang": language(),
        "big": request.args.get("size") == "big",
        "link": _link,
        "here": _here,
        "at": _at(),
        "tree": tree,
        "day": day,
        "moment": moment,
        "field_name": field_name,
    }
    return make_response(render_template(template, **{**shared, **given}), code)


def _link(endpoint: str, **values: Any) -> str:
    """An address that keeps the chosen language and size."""
    kept = {name: request.args[name] for name in _KEPT if name in request.args}
    return url_for(endpoint, **{**kept, **values})


def _here(**changed: Any) -> str:
    """This page in another language or size. What was sent to it is not repeated."""
    return _link(_at() or "pages.report_form", **{**(request.view_args or {}), **changed})


def _at() -> str:
    """The page this is, or was sent from; "" when it is none of ours."""
    endpoint = request.endpoint or ""
    return _SENT_FROM.get(endpoint, endpoint if endpoint.startswith("pages.") else "")
