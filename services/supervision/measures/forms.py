"""The record of each kind of measure: what it must bear (S85, domain 3.4). Pure.

What was said comes sealed to the desk; what is needed to check and to count stands beside it in clear, and names neither
who reported nor who is accused.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from contracts.commands.supervision.measures import TEXTS
from contracts.context import Here
from contracts.errors import Refused
from contracts.policy_measures import MeasureKind

NEEDED: Mapping[str, tuple[str, ...]] = {
    "talk": ("place", "talker", "second", "recorder"),
    "warning": ("way", "audience"),
    "meeting": (),
    "notice": ("number", "asks"),
    "other": (),
}
ALSO: Mapping[str, tuple[str, ...]] = {"talk": ("signed",)}
POINTED = ("talk", "meeting", "notice")


def neutral(points: Sequence[str], kind: MeasureKind, here: Here) -> None:
    """Points are the policy's neutral words, and a talk, meeting or notice has one at least. Raises Refused."""
    known = here.policy.neutral_points
    if strange := [point for point in points if point not in known]:
        raise Refused("not_neutral", "只能选用中性用语", {"points": [f"不可用: {'；'.join(strange)}"]})
    if kind.form in POINTED and not points:
        raise Refused("no_points", f"{kind.zh}须选用要点", {"points": [f"可选: {'；'.join(known)}"]})


def record(form: str, case: str, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept in clear of the record. Raises Refused, naming each field that is missing."""
    missing = [name for name in NEEDED[form] if not cmd[name].strip()]
    if form == "talk" and cmd["signed"] is None:
        missing.append("signed")
    if lacking := [text for text in TEXTS[form] if text not in cmd["given"]]:
        missing.append("sealed")
    if missing:
        words = {name: ["必须填写"] for name in missing}
        words |= {"sealed": [f"缺少: {'、'.join(lacking)}"]} if lacking else {}
        raise Refused("record_incomplete", "记录不完整", words)
    if form == "talk" and cmd["second"].strip() == cmd["talker"].strip():
        raise Refused("alone", "谈话须由两人以上进行", {"second": ["与谈话人相同"]})
    if TEXTS[form]:
        of_case(cmd["sealed"], case)
    return {name: cmd[name] for name in (*NEEDED[form], *ALSO.get(form, ()))}


def of_case(envelope: Mapping[str, Any] | None, case: str) -> None:
    """What is sealed is sealed for this case. Raises Refused."""
    if envelope is None or envelope["case"] != case:
        raise Refused("not_sealed", "内容须由纪检窗口密封", {"sealed": ["未密封给本事项"]})
