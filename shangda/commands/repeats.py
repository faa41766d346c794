"""``shangda repeats``: how well the comparison of texts tells repeats from other matters."""

from pathlib import Path

import click

from network import settings as settings_of
from network.policy_loader import load_policy
from shangda.repeats_quality import PairsFileError, measure, read_pairs


@click.group()
def repeats() -> None:
    """重复信访的文字比对。"""


@repeats.command()
@click.argument(
    "file", metavar="[FILE.csv]", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
def quality(file: Path | None) -> None:
    """用标注好的成对文字(first, second, same)测量比对的准确率和召回率。

    门限用一半选定,用另一半检验。没有给出文件时用本区政策目录中的 repeats.csv。
    """
    folder = settings_of.load().district_file.parent
    try:
        pairs = read_pairs(file or folder / "repeats.csv")
    except PairsFileError as error:
        raise click.ClickException(str(error)) from error
    policy = load_policy(folder)
    for line in measure(pairs, policy).lines():
        click.echo(line)
