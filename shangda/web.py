"""The two web programs as gunicorn starts them. Plain threads, no access log."""

import importlib

from flask import Flask

from network import settings

THREADS = 8
STOP_SECONDS = 5


def portal() -> Flask:
    """The portal, by the environment's settings."""
    return _app("portal")


def desk() -> Flask:
    """The desk, by the environment's settings."""
    return _app("desk")


def _app(program: str) -> Flask:
    """Only the program asked for is loaded: the public one has nothing of the desk in its process."""
    app: Flask = importlib.import_module(f"gateway.{program}.app").create_app(settings.load())
    return app


def gunicorn(program: str, bind: str, *more: str) -> list[str]:
    """The arguments after ``python -m``: one process, because the desk holds unlocked keys in memory, never on disk.

    There is no access log: who looked at which page at what time is nobody's business.
    """
    options = ["--worker-class", "gthread", "--workers", "1", "--threads", str(THREADS)]
    limits = ["--graceful-timeout", str(STOP_SECONDS), "--no-control-socket", "--bind", bind]
    return ["gunicorn", *options, *limits, *more, f"shangda.web:{program}()"]
