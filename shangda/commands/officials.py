"""``shangda officials``: the register of officials from an Excel file, and an empty file to fill in."""

import getpass
from pathlib import Path

import click

from network import settings as settings_of
from network.offices import load_district
from shangda.machine import offices_here, operator
from shangda.officials_form import write_template
from shangda.officials_xlsx import OfficialsFileError
from shangda.register import import_file


@click.group()
def officials() -> None:
    """干部名册。"""


@officials.command("import")
@click.argument("file", metavar="FILE.xlsx", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--version", default="", help="版本号;默认由内容得出")
def import_officials(file: Path, version: str) -> None:
    """导入干部名册(区级数据库须在本机);有一处错误则整份不导入,并逐行指出。

    写入后由运行中的节点发往各机构。
    """
    settings = settings_of.load()
    root = load_district(settings.district_file).id
    here = offices_here(settings)
    if root not in here:
        raise click.ClickException(f"区级机构 {root} 的数据库不在本机")
    try:
        done = import_file(here[root], file, operator(root, getpass.getuser()), version)
    except OfficialsFileError as error:
        raise click.ClickException(str(error)) from error
    what = "已导入" if done["changed"] else "与现行名册相同,未改动"
    click.echo(f"{what}:版本 {done['version']},第 {done['serial']} 版,{done['officials']} 人")


@officials.command()
@click.argument("file", metavar="FILE.xlsx", type=click.Path(dir_okay=False, path_type=Path))
def template(file: Path) -> None:
    """写出一份空的名册表格。"""
    if file.exists():
        raise click.ClickException(f"{file} 已存在")
    write_template(file)
    click.echo(f"{file}:请填写后用 shangda officials import 导入")
