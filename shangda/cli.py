"""``shangda``: everything an operator does with a network, by one command. Loads only what a command needs."""

import importlib
from typing import Any

import click
from sqlalchemy.exc import DatabaseError

from contracts.errors import Refused
from network.keys import KeyFileError
from network.offices_file import DistrictError
from network.policy_loader import PolicyFileError
from network.settings import SettingsError
from network.topology_apply import NotEmptyError
from shangda.children import RunError
from shangda.rabbitmq import BrokerError

COMMANDS = {
    "run": "running",
    "demo": "running",
    "simulate": "simulating",
    "node": "serving",
    "portal": "serving",
    "desk": "serving",
    "install": "district",
    "topology": "district",
    "offices": "district",
    "officials": "officials",
    "channels": "channels",
    "account": "accounts",
    "post": "letters",
    "parked": "letters",
    "case": "looking",
    "audit": "looking",
    "repeats": "repeats",
    "ledgers": "ledgers",
}
TOLD = (
    Refused,
    SettingsError,
    DistrictError,
    PolicyFileError,
    KeyFileError,
    NotEmptyError,
    BrokerError,
    RunError,
)


class Commands(click.Group):
    """Finds commands in ``shangda.commands`` when they are asked for, and tells expected errors in one sentence."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(importlib.import_module(f"shangda.commands.{COMMANDS[cmd_name]}"), cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except TOLD as error:
            raise click.ClickException(str(error)) from error
        except DatabaseError as error:
            raise click.ClickException(f"数据库:{error.orig}(请先运行 shangda install)") from error


@click.group(cls=Commands)
@click.version_option(package_name="shangda")
def main() -> None:
    """上达:村、镇、区三级信访与监督网络。

    环境变量:SHANGDA_HOME 数据目录,SHANGDA_DISTRICT 区文件,SHANGDA_POLICY 政策目录,AMQP_URL 消息代理,
    DATABASE_URL 数据库(留空用 SQLite)。
    """


if __name__ == "__main__":
    main()
