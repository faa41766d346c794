"""``shangda simulate``: a year of the network on the real broker, its clock moved as soon as nothing is on the way."""

import tempfile
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

import click

from shangda.commands.output import say_json
from shangda.simulate.acts import Plan
from shangda.simulate.bulletin import INVENTED, lines, plain
from shangda.simulate.driver import Log, Progress, play
from shangda.simulate.on_broker import BrokerStage
from shangda.simulate.presets import NAMES, made, preset
from shangda.simulate.world import chosen
from shangda.simulate.year import Amounts, Year


@click.command()
@click.option("--year", default=2026, show_default=True, type=click.IntRange(2026, 2030), help="哪一年")
@click.option("--preset", "name", type=click.Choice(NAMES), help="数目给定的一年;不给则由种子决定")
@click.option("--seed", default=1, show_default=True, help="随机的一年:种子不同,数目不同")
@click.option("--scale", default=1, show_default=True, type=click.IntRange(1, 20), help="规模:单位和事项的多少")
@click.option("--folder", type=click.Path(path_type=Path, file_okay=False), help="网络的文件留在此目录")
@click.option("--resume", is_flag=True, help="从 --folder 中停下的地方继续")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出各项数字")
def simulate(
    year: int, name: str | None, seed: int, scale: int, folder: Path | None, resume: bool, as_json: bool
) -> None:
    """演示一年:人们办的事由种子决定,结果由各服务在真实消息代理上得出,最后输出数字。Ctrl-C 停止。"""
    if resume and folder is None:
        raise click.UsageError("--resume 须与 --folder 一起使用")
    if folder is not None and not resume and (folder / "played.jsonl").exists():
        raise click.UsageError(f"{folder} 中已有一次演示;用 --resume 继续,或另选目录")
    plan = _planned(year, name, seed, scale)
    click.echo(plan.says or INVENTED, err=True)
    with ExitStack() as open_:
        place = folder or Path(open_.enter_context(tempfile.TemporaryDirectory(prefix="shangda-year-")))
        figures = _played(plan, place, year)
    if as_json:
        said = {"says": plan.says or INVENTED, "year": year, "preset": name, "seed": seed, "scale": scale}
        say_json({**said, "figures": plain(figures)})
    else:
        click.echo("\n".join([plan.says or INVENTED, *lines(figures)]))


def _planned(year: int, name: str | None, seed: int, scale: int) -> Plan:
    if name is not None:
        return made(preset(name), year, seed)
    return Year(seed, chosen(scale, 2 * scale, scale), *_days(year), Amounts(20 * scale, 10 * scale)).made()


def _played(plan: Plan, folder: Path, year: int) -> dict[str, dict[str, object]]:
    first, last = _days(year)
    with BrokerStage(folder, plan) as stage:
        try:
            play(plan, stage, Log(folder / "played.jsonl"), _tell)
        except KeyboardInterrupt:
            raise click.ClickException(f"已停止;用 --folder {folder} --resume 继续") from None
        days = first.isoformat(), last.isoformat()
        return {**stage.figures(*days, "discipline"), **stage.figures(*days, "petition")}


def _days(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year, 12, 31)


def _tell(moment: datetime, done: Progress) -> None:
    pace = done.moved_seconds / done.moves
    click.echo(f"\r{moment:%Y-%m-%d %H:%M}  {len(done.answers)}/{done.acts}  {pace:.2f} s\x1b[K", nl=False, err=True)
