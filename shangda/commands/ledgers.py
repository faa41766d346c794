"""``shangda ledgers``: the ledgers of the offices of this machine as Excel files."""

from datetime import date, datetime
from pathlib import Path

import click

from network import settings as settings_of
from shangda.ledger_files import write_ledgers
from shangda.machine import offices_here

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.group()
def ledgers() -> None:
    """台账。"""


@ledgers.command()
@click.argument("folder", metavar="FOLDER", type=click.Path(file_okay=False, path_type=Path))
@click.option("--since", required=True, type=DAY, help="自何日起(含)")
@click.option("--until", required=True, type=DAY, help="至何日止(含)")
@click.option("--office", default="", help="只导出这一机构;默认本机全部")
def export(folder: Path, since: datetime, until: datetime, office: str) -> None:
    """导出本机各机构的台账(Excel),每种一份,栏目按规定顺序。"""
    first, last = since.date(), until.date()
    if last < first:
        raise click.BadParameter("止于不能早于起于", param_hint="--until")
    here = offices_here(settings_of.load())
    if office and office not in here:
        raise click.BadParameter(f"机构 {office} 的数据库不在本机", param_hint="--office")
    chosen = [office] if office else sorted(each for each in here if each != "portal")
    for number, each in enumerate(chosen, 1):
        files = write_ledgers(here[each], first, last, folder)
        click.echo(f"{number}/{len(chosen)} {here[each].office.name}: {len(files)} 份", err=True)
    click.echo(f"{folder}: {_days(first, last)},{len(chosen)} 个机构")


def _days(first: date, last: date) -> str:
    return f"{first:%Y年%m月%d日}至{last:%Y年%m月%d日}"
