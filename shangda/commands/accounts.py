"""``shangda account``: who may log in at which desk, in which roles, and which official that is."""

import getpass
from collections.abc import Callable, Sequence

import click

from contracts.errors import Refused
from contracts.words import Desk
from gateway.desk.accounts import ROLES, Account, add_account, hashed, load_accounts, remove_account
from network import settings as settings_of
from network.office import OfficeRuntime
from network.offices import PORTAL, load_district
from network.settings import Settings
from shangda.commands.letters import as_json
from shangda.commands.output import say_json, say_table
from shangda.install import drawn_password
from shangda.machine import office_here
from shangda.register import is_official
from shangda.staffing import account_back, account_gone

RESTART = "重新启动办公桌面(shangda desk)后生效"


@click.group()
def account() -> None:
    """办公桌面的账号。"""


@account.command()
@click.argument("office")
@click.argument("user")
@click.option("--name", required=True, help="姓名或者岗位名称")
@click.option(
    "--desk", type=click.Choice([desk.value for desk in Desk]), default=Desk.PETITION.value, show_default=True
)
@click.option("--role", "roles", multiple=True, type=click.Choice(ROLES), help="岗位,可重复;默认 clerk")
@click.option("--person", default="", help="干部编号:回避以此认人,不填则从不回避")
def add(office: str, user: str, name: str, desk: str, roles: Sequence[str], person: str) -> None:
    """新增账号;口令随机产生,只显示这一次。"""
    settings = settings_of.load()
    _check_office(settings, office, desk)
    _check_person(settings, office, person)
    password = drawn_password()
    made = Account(name, desk, tuple(roles) or ("clerk",), hashed(password), person)
    try:
        add_account(settings.home, office, user, made)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"{office} {user}  口令 {password}")
    click.echo(RESTART)
    _tell_intake(settings, office, user, account_back)


@account.command()
@click.argument("office")
@click.argument("user")
def remove(office: str, user: str) -> None:
    """删除账号;由其负责的渠道随即报警,直到另定专人。"""
    settings = settings_of.load()
    try:
        remove_account(settings.home, office, user)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    _tell_intake(settings, office, user, account_gone)
    click.echo(f"已删除 {office} {user};{RESTART}")


@account.command("list")
@click.option("--office", default="", help="只列此机构")
@as_json
def list_accounts(office: str, as_json: bool) -> None:
    """列出账号;没有口令。"""
    try:
        known = load_accounts(settings_of.load().home)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    rows = [
        (of, user, each.name, each.desk, ",".join(each.roles), each.person)
        for of, users in sorted(known.items())
        for user, each in sorted(users.items())
        if office in ("", of)
    ]
    columns = ("office", "user", "name", "desk", "roles", "person")
    if as_json:
        say_json([dict(zip(columns, row, strict=True)) for row in rows])
        return
    say_table(("机构", "账号", "名称", "桌面", "岗位", "干部编号"), rows)


def _check_person(settings: Settings, office: str, person: str) -> None:
    """Recusal knows who is logged in by this id: who has one that no official bears would never be recused."""
    if not person:
        return
    here = office_here(settings, office)
    known = is_official(here, person) if here is not None else None
    if known is False:
        raise click.ClickException(f"--person:{office} 的干部名册中没有编号 {person},请改正,或者先导入新的名册")
    if known is None:
        why = "还没有干部名册" if here is not None else "的数据库不在本机"
        click.echo(f"提示:{office} {why},未能核对 --person {person};请在名册中确认此编号,编号有误则不会被回避")


def _tell_intake(settings: Settings, office: str, user: str, tell: Callable[[OfficeRuntime, str, str], None]) -> None:
    """Who minds the office's channels follows its accounts, where its database lies on this machine."""
    here = office_here(settings, office)
    if here is None:
        return
    try:
        tell(here, user, f"operator:{getpass.getuser()}")
    except Refused as error:
        click.echo(f"渠道专人未随之更改:{error}", err=True)


def _check_office(settings: Settings, office: str, desk: str) -> None:
    tree = load_district(settings.district_file)
    if office == PORTAL or office not in tree.offices or not tree.in_network(office):
        raise click.ClickException(f"本区网络没有机构 {office}")
    if desk == Desk.DISCIPLINE and not tree.office(office).discipline_name:
        raise click.ClickException(f"{office} 没有纪检桌面")
