"""``shangda node``, ``portal`` and ``desk``: this process becomes one of the programs of a network."""

import os
import sys
from collections.abc import Sequence

import click

from shangda.web import gunicorn

passed_on = {"ignore_unknown_options": True, "allow_extra_args": True}


@click.command(context_settings=passed_on, add_help_option=False)
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def node(arguments: Sequence[str]) -> None:
    """一个节点:承载若干机构的服务(shangda node --help)。"""
    _become("shangda.node", *arguments)


@click.command(context_settings=passed_on)
@click.option("--bind", default="127.0.0.1:8000", show_default=True, help="监听地址")
@click.argument("more", nargs=-1, type=click.UNPROCESSED)
def portal(bind: str, more: Sequence[str]) -> None:
    """公众平台;其余参数交给 gunicorn。"""
    _become(*gunicorn("portal", bind, *more))


@click.command(context_settings=passed_on)
@click.option("--bind", default="127.0.0.1:8001", show_default=True, help="监听地址")
@click.argument("more", nargs=-1, type=click.UNPROCESSED)
def desk(bind: str, more: Sequence[str]) -> None:
    """办公桌面;其余参数交给 gunicorn。"""
    _become(*gunicorn("desk", bind, *more))


def _become(*module: str) -> None:
    """Go on as another Python program: a node must patch the standard library before anything else is loaded."""
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", *module])  # noqa: S606
