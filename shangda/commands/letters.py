"""``shangda parked`` and ``shangda post``: letters that stand still, and how the post flows."""

import getpass
from dataclasses import asdict

import click

from contracts.errors import NotFound
from network import parked as letters
from network import post as figures
from network import settings as settings_of
from network.office import OfficeRuntime
from shangda.commands.output import age, say_json, say_table, says
from shangda.machine import offices_here, operator

as_json = click.option("--json", "as_json", is_flag=True, help="输出 JSON")


@click.group()
def parked() -> None:
    """搁置的信件:查看、重试、放弃(本机各机构的收件与发件)。

    只作标记,由运行中的节点处理;节点未运行时,下次启动后处理。
    """


@parked.command("list")
@as_json
def list_parked(as_json: bool) -> None:
    """列出本机各机构停下的信件,先到的在前。"""
    held = [letter for office in _offices().values() for letter in letters.held_letters(office)]
    if as_json:
        say_json(held)
        return
    columns = ("信件", "机构", "方向", "对方", "服务", "类型", "状态", "自", "原因")
    direction = {"in": "收", "out": "发"}
    say_table(
        columns,
        (
            (
                each.id,
                each.office,
                direction[each.direction],
                each.peer,
                each.service,
                each.type,
                each.state,
                each.since,
                each.reason,
            )
            for each in held
        ),
    )


@parked.command()
@click.argument("letter")
@as_json
def show(letter: str, as_json: bool) -> None:
    """显示一封信的情况(不含内容)。"""
    detail = letters.detail(_office_of(letter), letter)
    (say_json if as_json else says)(detail)


@parked.command()
@click.argument("letter")
def retry(letter: str) -> None:
    """让节点再处理一次。"""
    office = _office_of(letter)
    letters.retry(office, letter, operator(office.id, getpass.getuser()))
    click.echo(f"{letter}:已标记重试,由 {office.id} 的节点处理")


@parked.command()
@click.argument("letter")
@click.option("--why", required=True, help="放弃的理由,记入日志")
def discard(letter: str, why: str) -> None:
    """放弃一封信;其后的信继续。"""
    office = _office_of(letter)
    letters.discard(office, letter, operator(office.id, getpass.getuser()), why)
    click.echo(f"{letter}:已放弃,理由记入 {office.id} 的日志")


@click.command()
@as_json
def post(as_json: bool) -> None:
    """各机构每条信路:待发、已发、未回执、搁置、最早一封的时长。"""
    offices = _offices().values()
    out = [stream for office in offices for stream in figures.streams_out(office)]
    waiting = [stream for office in offices for stream in figures.streams_in(office)]
    if as_json:
        say_json({"out": [asdict(each) for each in out], "in": [asdict(each) for each in waiting]})
        return
    columns = ("自", "至", "服务", "待发", "已发", "未回执", "搁置", "最早")
    say_table(
        columns,
        (
            (
                each.office,
                each.to,
                each.service,
                each.waiting,
                each.sent,
                each.unacknowledged,
                each.parked,
                age(each.oldest_seconds),
            )
            for each in out
        ),
    )
    if waiting:
        say_table(
            ("收件", "自", "服务", "等前序", "停下"),
            ((each.office, each.sender, each.service, each.waiting, each.held) for each in waiting),
        )


def _offices() -> dict[str, OfficeRuntime]:
    return offices_here(settings_of.load())


def _office_of(letter: str) -> OfficeRuntime:
    """The office that holds this letter, else the first that has it at all. Raises NotFound."""
    having = [office for office in _offices().values() if _has(office, letter)]
    holding = [office for office in having if any(each.id == letter for each in letters.held_letters(office))]
    if not having:
        raise NotFound(f"信件 {letter}(本机各机构都没有)")
    return (holding or having)[0]


def _has(office: OfficeRuntime, letter: str) -> bool:
    try:
        letters.detail(office, letter)
    except NotFound:
        return False
    return True
