"""Draws docs/images/network.svg from a district file: who stands under whom, and what one office is made of.

    python docs/draw_network.py [policy/demo/district.toml]

The lines are the ways letters may go: up and down by ``managed_by``, never between siblings, the portal to the district.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # a checkout without installation will do

from network.offices import PORTAL, District, Office, load_district

ROOT = Path(__file__).parents[1]
OUT = ROOT / "docs" / "images" / "network.svg"
LEFT, GAP, BOX_HEIGHT = 120, 8, 34
ROWS = {"portal": 84, "district": 84, "department": 168, "town": 262, "village": 352}
BANDS = {
    "district": "区 district",
    "department": "部门 departments",
    "town": "镇、街道 towns",
    "village": "村、社区 villages",
}
FILLS = {"district": "#cfe0f5", "department": "#ece7f6", "town": "#dcefe0", "village": "#fdf0d0", "portal": "#f7dfdc"}
INK, LINE, FAINT = "#1f2933", "#64748b", "#e2e8f0"
STYLE = (
    "text{font-family:system-ui,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;fill:#1f2933;font-size:13px}"
    ".small{font-size:11px;fill:#475569}.head{font-size:17px;font-weight:600}"
)
Box = tuple[float, float, float]  # middle, top, width


def main() -> None:
    """Write the picture of the district named on the command line."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "policy" / "demo" / "district.toml"
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(drawing(load_district(path)), "utf-8")
    sys.stdout.write(f"{OUT.relative_to(ROOT)}\n")


def drawing(tree: District) -> str:
    """The SVG document."""
    boxes = placed(tree)
    width = max(middle + size / 2 for middle, _, size in boxes.values()) + 24
    parts = [
        text(24, 34, f"{tree.name} {tree.id}", "head"),
        *bands(width),
        *lines(tree, boxes),
        *(part for office in shown(tree) for part in box(office, boxes[office.id], inside=tree.in_network(office.id))),
        *beside(tree, width),
        *legend(430, width),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} 640" role="img">'
    title = f"<title>{escape(tree.name)}: offices and their ways of post</title>"
    ground = f'<rect width="{width:.0f}" height="640" fill="#ffffff"/>'
    return "\n".join([head, title, f"<style>{STYLE}</style>", ground, *parts, "</svg>", ""])


def shown(tree: District) -> list[Office]:
    return list(tree.offices.values())


def placed(tree: District) -> dict[str, Box]:
    """Office id → its box. Villages stand in a row below, departments in a row of their own above the towns."""
    rows = {tier: [office for office in shown(tree) if office.tier == tier] for tier in BANDS}
    boxes: dict[str, Box] = {}
    for tier in ("department", "town"):
        x = float(LEFT)
        for office in rows[tier]:
            boxes[office.id] = (x + wide(office) / 2, ROWS[tier], wide(office))
            x += wide(office) + GAP
    boxes |= villages(rows["village"], boxes)
    middle = (LEFT + farthest(boxes)) / 2
    departments = [boxes[office.id] for office in rows["department"]]
    gaps = [x + size / 2 + GAP / 2 for x, _, size in departments[:-1]] or [middle]
    trunk = min(gaps, key=lambda gap: abs(gap - middle))  # the line to the towns passes between two departments
    boxes[tree.id] = (trunk, ROWS["district"], wide(tree.root) + 70)
    boxes[PORTAL] = (LEFT + wide(tree.portal) / 2, ROWS["portal"], wide(tree.portal))
    return boxes


def villages(offices: Sequence[Office], above: dict[str, Box]) -> dict[str, Box]:
    """Below the middle of their town, pushed right where two would overlap, then all back to the left if too far."""
    boxes: dict[str, Box] = {}
    free = float(LEFT)
    for office in offices:
        family = [each for each in offices if each.managed_by == office.managed_by]
        total = sum(wide(each) + GAP for each in family) - GAP
        wanted = above[str(office.managed_by)][0] - total / 2 if office is family[0] else free
        left = max(free, min(wanted, farthest(above) - total)) if office is family[0] else free
        boxes[office.id] = (left + wide(office) / 2, ROWS["village"], wide(office))
        free = left + wide(office) + GAP
    return boxes


def farthest(boxes: dict[str, Box]) -> float:
    return max(middle + size / 2 for middle, _, size in boxes.values())


def wide(office: Office) -> float:
    return 14.0 * len(name_of(office)) + 18


def name_of(office: Office) -> str:
    return office.name if office.tier in ("district", "portal") else office.short_name


def lines(tree: District, boxes: dict[str, Box]) -> Iterator[str]:
    """One line for each pair that may write to each other."""
    middle, top, size = boxes[tree.id]
    yield path([(boxes[PORTAL][0], top + 17), (middle - size / 2, top + 17)], both=True)
    for office in shown(tree):
        if office.managed_by in tree.offices and office.id != PORTAL:
            x, y, _ = boxes[office.id]
            above_x, above_y, _ = boxes[str(office.managed_by)]
            bend = 148 if office.tier == "department" else 232 if office.tier == "town" else y - 28
            side = [(above_x, above_y + BOX_HEIGHT), (above_x, bend), (x, bend), (x, y)]
            yield path(side, both=False)


def bands(width: float) -> Iterator[str]:
    for tier, words in BANDS.items():
        top = ROWS[tier] - 16
        yield f'<rect x="12" y="{top}" width="{width - 24:.0f}" height="66" rx="8" fill="#f8fafc" stroke="{FAINT}"/>'
        for number, word in enumerate(words.split(" ", 1)):
            yield text(24, top + 30 + 16 * number, word, "small" if number else "")


def box(office: Office, place: Box, *, inside: bool) -> list[str]:
    """An office; one that is not in the network has a dashed frame."""
    middle, top, size = place
    dash = "" if inside else ' stroke-dasharray="4 3"'
    fill = FILLS[office.tier] if inside else "#ffffff"
    frame = f'<rect x="{middle - size / 2:.1f}" y="{top}" width="{size:.1f}" height="{BOX_HEIGHT}" rx="6"'
    words = f"{office.name} {office.id}" if office.tier == "district" else name_of(office)
    return [f'{frame} fill="{fill}" stroke="{LINE}"{dash}/>', text(middle, top + 22, words, anchor="middle")]


def beside(tree: District, width: float) -> Iterator[str]:
    """Bodies outside: reached by document, dashed."""
    for number, body in enumerate(sorted(tree.bodies.values(), key=lambda each: each.id)):
        x, y = width - 194 * (number + 1), 16
        yield f'<rect x="{x:.0f}" y="{y}" width="170" height="26" rx="6" fill="#ffffff" stroke="{LINE}" stroke-dasharray="4 3"/>'
        yield text(x + 85, y + 18, body.name, anchor="middle")


def legend(top: float, width: float) -> Iterator[str]:
    """What one office is made of, and how its post goes."""
    yield text(24, top + 14, "一个机构 one office", "head")
    yield f'<rect x="24" y="{top + 28}" width="420" height="158" rx="8" fill="#f8fafc" stroke="{LINE}"/>'
    for number, word in enumerate(("intake 登记", "assignment 承办", "supervision 督办", "hearing 听证")):
        x = 40 + 98 * number
        yield f'<rect x="{x}" y="{top + 78}" width="90" height="34" rx="6" fill="#dcefe0" stroke="{LINE}"/>'
        name, chinese = word.split()
        yield text(x + 45, top + 92, name, "small", anchor="middle")
        yield text(x + 45, top + 107, chinese, "small", anchor="middle")
    yield text(40, top + 58, "desk 办公桌面 (HTTP) → RPC, own vhost")
    yield text(40, top + 138, "one database: rows, journal, outbox, inbox · 一个数据库")
    yield text(40, top + 164, "relay, collector: two outbound connections · 只向外连接")
    yield path([(444, top + 107), (520, top + 107)], both=True)
    yield f'<rect x="520" y="{top + 28}" width="{width - 544:.0f}" height="158" rx="8" fill="#eef4fb" stroke="{LINE}"/>'
    words = (
        "the district's RabbitMQ, vhost network.<district> · 区级消息代理",
        "post: from.<office>.to.<office>.<service>.<event>",
        "→ quorum queues mail.<office>.<service>",
        "the broker checks who may write to whom · 上下级之间可通信,同级之间不可",
        "solid: in the network 已入网 · dashed: outside, by document 未入网,公文往来",
    )
    for number, line in enumerate(words):
        yield text(540, top + 58 + 27 * number, line)


def path(points: Iterable[tuple[float, float]], *, both: bool) -> str:
    steps = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    width = 2 if both else 1.2
    return f'<polyline points="{steps}" fill="none" stroke="{LINE}" stroke-width="{width}"/>'


def text(x: float, y: float, words: str, kind: str = "", anchor: str = "start") -> str:
    look = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{look} text-anchor="{anchor}">{escape(words)}</text>'


if __name__ == "__main__":
    main()
