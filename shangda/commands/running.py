"""``shangda run`` and ``shangda demo``: a whole network at once."""

import importlib
from pathlib import Path

import click

from network import settings as settings_of
from network.settings import Settings
from shangda.children import end_orphans
from shangda.commands.output import console
from shangda.guards import alone, check_ports, end_by_signal, ignore_signals
from shangda.install import Installed
from shangda.run import Options, Run
from shangda.samples import SampleError, load_samples, sample_offices
from shangda.welcome import welcome


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="两个网站监听的地址")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="公众平台端口")
@click.option("--desk-port", default=8001, show_default=True, type=click.IntRange(1, 65535), help="办公桌面端口")
@click.option("--samples/--no-samples", default=True, help="首次启动时载入示例举报")
def run(host: str, port: int, desk_port: int, samples: bool) -> None:
    """启动整个区:代理、各机构、公众平台、办公桌面。Ctrl-C 停止。"""
    options, settings = Options(host, port, desk_port), settings_of.load()
    end_by_signal()
    with alone(settings.home):
        end_orphans(settings.home)
        check_ports({"--port": port, "--desk-port": desk_port})
        running = Run(settings, options, console)
        try:
            installed = running.start()
            if samples:
                _load_samples(settings, installed, running)
            welcome(console, installed, options, sample_offices(settings.district_file.parent / "samples.json"))
            running.watch()
        except KeyboardInterrupt:
            running.say("正在停止")
        finally:
            ignore_signals()
            running.stop()


def _load_samples(settings: Settings, installed: Installed, running: Run) -> None:
    """A network that serves is worth more than its samples: what goes wrong with them is told, no more."""
    urls = running.options.portal_url, running.options.desk_url
    try:
        load_samples(installed, settings.district_file.parent / "samples.json", *urls, running.say)
    except (SampleError, OSError) as error:
        running.say(f"示例举报没有全部载入:{error}")


@click.command()
@click.option("--json", "as_json", is_flag=True, help="每一步输出一行 JSON")
@click.option("--keep", type=click.Path(path_type=Path), help="网络的文件留在此目录,供事后查看")
@click.pass_context
def demo(context: click.Context, as_json: bool, keep: Path | None) -> None:
    """让示例举报走完真实网络,逐步讲述并核对结果。"""
    context.exit(importlib.import_module("shangda.demo").main(as_json, keep))
