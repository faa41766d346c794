"""``shangda demo``: the sample reports R01–R28 and one missed clock, on a whole network, hop by hop.

Nothing is told to the demo by the programs it watches: the hops are read from the journals of the offices, and each end
state is asked of the offices' own desks.
"""

import json
import logging
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from rich.console import Console

from shangda.demo.looking import Story
from shangda.demo.stories import STORIES
from shangda.demo.theatre import Hop, Theatre


def main(as_json: bool = False, keep: Path | None = None) -> int:
    """Play all stories; 0 when every one ended as it should, 1 with the differences otherwise.

    ``keep`` is a folder (made if missing) for the network's files, to be looked at afterwards; else they are deleted.
    """
    logging.disable(logging.INFO)
    say = Console(stderr=as_json, highlight=False, soft_wrap=True).print
    say("[dim]准备一个完整的区:消息代理、机构节点、公众平台、办公桌面(约 30 秒)…[/dim]")
    with _folder(keep) as folder, Theatre(folder) as theatre:
        wrong = [difference for story in STORIES for difference in _play(theatre, story, say, as_json)]
    for difference in wrong:
        say(f"[red]不符:{difference}[/red]")
    say("[red]有不符之处[/red]" if wrong else "[green]全部相符:每件都到了该到的机构,该看不见的看不见[/green]")
    return 1 if wrong else 0


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        keep.mkdir(parents=True, exist_ok=True)
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="shangda-demo-") as folder:
        yield Path(folder)


def _play(theatre: Theatre, story: Story, say: Callable[[str], None], as_json: bool) -> list[str]:
    say(f"\n[bold]{story.no}[/bold] {story.title}")
    story.play(theatre)
    for hop in theatre.new_hops():
        if as_json:
            print(json.dumps(_plain(story, hop), ensure_ascii=False), flush=True)  # noqa: T201  this is the output
        else:
            where = f"{hop.at:%m-%d %H:%M:%S}  {hop.tier:<10} {hop.office:<13} {hop.name}"
            say(f"  {where}  [cyan]{hop.event}[/cyan] {hop.service} {hop.detail}")
    wrong = [f"{story.no}: {difference}" for difference in story.check(theatre)]
    say(f"  [green]✓ {story.end}[/green]" if not wrong else f"  [red]✗ {story.end}[/red]")
    return wrong


def _plain(story: Story, hop: Hop) -> dict[str, object]:
    return {"story": story.no, **asdict(hop), "at": hop.at.isoformat()}
