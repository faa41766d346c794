"""``shangda channels``: the channels of a district's offices from a TOML file."""

import getpass
from pathlib import Path

import click

from network import settings as settings_of
from shangda.channels_file import ChannelsFileError, import_file
from shangda.machine import offices_here


@click.group()
def channels() -> None:
    """各机构的举报渠道。"""


@channels.command("import")
@click.argument("file", metavar="FILE.toml", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def import_channels(file: Path) -> None:
    """导入渠道及其专人(各机构的数据库须在本机);有一处错误则整份不导入,并逐条指出。

    写入后由运行中的节点报上级、发网上平台。
    """
    try:
        done = import_file(offices_here(settings_of.load()), file, f"operator:{getpass.getuser()}")
    except ChannelsFileError as error:
        raise click.ClickException(str(error)) from error
    for office, counts in done.items():
        click.echo(f"{office}:新增 {counts['added']},更改 {counts['changed']},未变 {counts['same']}")
