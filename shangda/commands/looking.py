"""``shangda case`` and ``shangda audit``: what happened, and whether the records still say so."""

import getpass
from collections.abc import Sequence

import click

from network import settings as settings_of
from network.audit import Finding
from network.offices import PORTAL, load_district
from shangda.auditing import answers, ask_remote, audit_here
from shangda.commands.letters import as_json
from shangda.commands.output import moment, say_json, say_table
from shangda.machine import offices_here, operator
from shangda.story import Story, stories


@click.command()
@click.argument("number")
@as_json
def case(number: str, as_json: bool) -> None:
    """一件事项在本机各机构的经过,按时间先后(检举控告不显示缘由)。"""
    found = stories(offices_here(settings_of.load()), number)
    if not found:
        raise click.ClickException(f"本机各机构没有编号 {number} 的事项")
    if as_json:
        say_json(found)
        return
    for story in found:
        _tell(story)


def _tell(story: Story) -> None:
    click.echo(f"{story.number}  {'检举控告' if story.desk == 'discipline' else '信访'}  {story.case}")
    say_table(
        ("时间", "层级", "机构", "服务", "何事", "何人", "缘由"),
        ((line.at, line.tier, line.name, line.service, line.what, line.by, line.why) for line in story.lines),
    )
    for ledger in story.ledgers:
        click.echo(f"{ledger.name}台账:承办 {ledger.holder},{ledger.status},{moment(ledger.told_at)}")


@click.command()
@click.option("--office", "chosen", multiple=True, help="只审计此机构(可重复);不在本机的发信询问")
@click.option("--wait", default=30.0, show_default=True, help="等待外地机构答复的秒数")
@as_json
@click.pass_context
def audit(context: click.Context, chosen: Sequence[str], wait: float, as_json: bool) -> None:
    """核对:数据库是否与日志一致,日志是否与上级留存的一致。发现问题时以状态 1 结束。"""
    settings = settings_of.load()
    tree = load_district(settings.district_file)
    here = offices_here(settings)
    ids = list(chosen) or [office.id for office in tree.network_offices()]
    if unknown := [id_ for id_ in ids if id_ not in tree.offices]:
        raise click.ClickException(f"本区没有机构 {', '.join(unknown)}")
    found = audit_here(here, [id_ for id_ in ids if id_ in here])
    remote = [id_ for id_ in ids if id_ not in here and id_ != PORTAL]
    unasked: list[str] = []
    if remote and tree.id in here:
        found += answers(here[tree.id], ask_remote(here[tree.id], remote, operator(tree.id, getpass.getuser())), wait)
    else:
        unasked = remote
    _report(found, len(ids) - len(unasked), unasked, as_json=as_json)
    context.exit(1 if any(finding.grave for finding in found) or unasked else 0)


def _report(found: Sequence[Finding], audited: int, unasked: Sequence[str], *, as_json: bool) -> None:
    if as_json:
        say_json({"audited": audited, "unasked": list(unasked), "findings": [each.as_dict() for each in found]})
        return
    if found:
        say_table(
            ("机构", "发现", "说明", "事项"),
            ((each.office, each.what, each.say, each.case) for each in found),
        )
    if unasked:
        click.echo(f"不在本机、也无从询问(区级数据库不在本机):{', '.join(unasked)}", err=True)
    click.echo(f"已审计 {audited} 个机构,发现 {sum(each.grave for each in found)} 处问题")
