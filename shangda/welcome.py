"""What ``shangda run`` says when everything serves: what to open next, and with which log-ins."""

from collections.abc import Sequence

from rich.console import Console

from shangda.install import Installed, Secrets
from shangda.run import Options


def welcome(console: Console, installed: Installed, options: Options, offices: Sequence[str]) -> None:
    """One line ``ready URL`` that programs may wait for, then words for people: pages, and log-ins of ``offices``."""
    console.print(f"ready {options.portal_url}", style="bold green", highlight=False)
    lines = [
        f"举报与查询   {options.portal_url}/   {options.portal_url}/status",
        f"公众接口     {options.portal_url}/api/v1/openapi.json",
        f"办公桌面     {options.desk_url}/api/v1/openapi.json(登录 POST /api/v1/login)",
        *_log_ins(installed, offices),
        "Ctrl-C 停止",
    ]
    console.print("\n".join(f"  {line}" for line in lines), highlight=False, markup=False, soft_wrap=True)


def _log_ins(installed: Installed, offices: Sequence[str]) -> list[str]:
    """Where the drawn passwords are still at hand."""
    if not installed.secrets.exists():
        return []
    drawn = Secrets(installed.secrets)
    shown = [installed.tree.office(office) for office in offices or [installed.tree.id]]
    lines = [f"示例账号     {office.id} {office.name}  clerk、leader / {drawn.password(office.id)}" for office in shown]
    return [*lines, f"其余口令(纪检桌面 discipline 用户的解锁口令也在内)见 {installed.secrets}"]
