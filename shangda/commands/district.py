"""``shangda offices``, ``shangda topology`` and ``shangda install``: from files to a broker and data that fit them."""

import json
import os
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import click

from network import settings as settings_of
from network.credentials import ADMIN, load_or_make
from network.offices import District, load_district
from network.offices_csv import import_offices
from network.settings import Settings
from network.topology import definitions, write_definitions
from network.topology_apply import Ctl, Removed
from shangda.broker import PrivateBroker
from shangda.commands.letters import as_json
from shangda.commands.output import CHINA, say_json, say_table
from shangda.install import install as prepare
from shangda.topology import apply_all, ctl_of, what_left

Folder = click.Path(file_okay=False, path_type=Path)
File = click.Path(dir_okay=False, path_type=Path)


@click.group()
def offices() -> None:
    """机构名录。"""


@offices.command("list")
@as_json
def list_offices(as_json: bool) -> None:
    """列出区内机构,上级在前。"""
    tree = load_district(settings_of.load().district_file)
    rows = [
        (each.id, each.name, each.tier, each.managed_by or "", tree.in_network(each.id))
        for each in tree.offices.values()
    ]
    if as_json:
        say_json([dict(zip(("id", "name", "tier", "managed_by", "in_network"), row, strict=True)) for row in rows])
        return
    say_table(("编号", "名称", "层级", "主管", "入网"), ((*row[:4], "是" if row[4] else "否") for row in rows))


@offices.command("import")
@click.argument("list_file", metavar="FILE.csv", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--district", "district_file", type=File, help="区文件 district.toml;默认由 SHANGDA_DISTRICT 指定")
def import_list(list_file: Path, district_file: Path | None) -> None:
    """导入国家统计用区划代码(12 位)名录;人工填写的内容保留。"""
    path = district_file or settings_of.load().district_file
    before = load_district(path) if path.exists() else None
    done = import_offices(list_file, before, path.parent / "offices.csv", today=datetime.now(CHINA).date())
    click.echo(f"{path.parent / 'offices.csv'}:新增 {len(done.added)},保留 {len(done.kept)},撤出 {len(done.vanished)}")
    for office in done.needs_successor:
        click.echo(f"  {office} 不在名录中,请填写 successor(继任机构)")


@click.command()
@click.option("--office", "chosen", multiple=True, help="只含此机构自己的 vhost(可重复);用于另有代理的机构")
@click.option("--no-network", is_flag=True, help="不含全区的 network vhost")
@click.option("--apply", "do_apply", is_flag=True, help="导入正在运行的代理,并移除已撤出的部分")
@click.option("--force", is_flag=True, help="连同其中的信件一起移除")
@click.option(
    "--ctl", default="", envvar="SHANGDA_RABBITMQCTL", help="调用代理的 rabbitmqctl 命令行;默认用本机私有代理"
)
def topology(chosen: Sequence[str], no_network: bool, do_apply: bool, force: bool, ctl: str) -> None:
    """由区文件生成代理的定义文件 definitions.json(0600)。"""
    settings = settings_of.load()
    tree = load_district(settings.district_file)
    path = settings.home / "definitions.json"
    _write(settings, tree, path, chosen, network=not no_network)
    if do_apply:
        left = apply_all(_ctl(settings, ctl), path, force=force)
        click.echo("代理已与定义文件一致")
    else:
        left = what_left(path)
    _tell_left(left, "已移除" if do_apply else "将移除(用 --apply)")


def _write(settings: Settings, tree: District, path: Path, chosen: Sequence[str], *, network: bool) -> None:
    everybody = [office.id for office in tree.network_offices()]
    names = [*(everybody if network or not chosen else chosen), ADMIN]
    settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = definitions(tree, load_or_make(settings.home, names), offices=chosen or None, network=network)
    changed = write_definitions(path, content)
    counts = "、".join(f"{kind} {len(content[kind])}" for kind in ("vhosts", "users", "queues", "bindings"))
    click.echo(f"{path}:{'已更新' if changed else '无变化'}({counts})")


def _ctl(settings: Settings, command: str) -> Ctl:
    if command or os.environ.get("AMQP_URL"):
        return ctl_of(command or "rabbitmqctl")
    return PrivateBroker(settings.home / "broker").ctl


def _tell_left(left: Removed, words: str) -> None:
    for kind, names in (
        ("vhost", left.vhosts),
        ("user", left.users),
        ("queue", ["/".join(each) for each in left.queues]),
    ):
        for name in names:
            click.echo(f"{words} {kind} {name}")


@click.command()
@click.option(
    "--passphrases", type=click.Path(exists=True, dir_okay=False, path_type=Path), help='JSON {"机构": "口令"}'
)
def install(passphrases: Path | None) -> None:
    """准备数据目录:代理口令、密钥、定义文件、数据库、账号。已有的不动。"""
    given = json.loads(passphrases.read_text()) if passphrases else None
    done = prepare(settings_of.load(), click.echo, given=given)
    if done.secrets.exists():
        click.echo(f"随机口令在 {done.secrets}(0600):分发后请删除此文件")
