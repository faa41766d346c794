"""A Flask application that keeps nothing of what people send: not in logs, not in caches, not in cookies."""

import logging
import traceback
from types import TracebackType
from typing import Any

from flask import Flask, Response, request

log = logging.getLogger(__name__)
MAX_BODY = 1024 * 1024  # bytes of a request

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class QuietFlask(Flask):
    """Errors are logged by kind and place; an exception's words may hold what somebody reported."""

    def log_exception(self, exc_info: tuple[type, BaseException, TracebackType] | tuple[None, None, None]) -> None:
        kind, _, trace = exc_info
        frames = "".join(traceback.format_tb(trace))
        log.error("%s failed with %s\n%s", request.endpoint, kind.__name__ if kind else "nothing", frames)


def quiet_app(name: str, **options: Any) -> QuietFlask:
    """An application with the security headers on every answer and a limit on every request."""
    app = QuietFlask(name, **options)
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY, PROPAGATE_EXCEPTIONS=False)
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.after_request(_secured)
    return app


def _secured(response: Response) -> Response:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.endpoint != "static":
        response.headers["Cache-Control"] = "no-store"
    return response
