"""The papers of a hearing: report, recusal question, frozen minutes with who signed them. Pure."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.context import Here
from contracts.errors import Refused
from services.hearing.sessions.rules import Hearing, still_open


@dataclass(frozen=True)
class Record:
    """``recusal``: {name, asks, whom, reason, decision, at, by} each; ``signatures``: {name, signed, why} each.

    ``digest`` is the SHA-256 of the minutes as they were frozen, "" while the hearing is open.
    """

    session_id: str
    case_id: str
    report_text: str = ""
    report_sha256: str = ""
    recusal: tuple[Any, ...] = ()
    digest: str = ""
    signatures: tuple[Any, ...] = ()
    signed_at: datetime | None = None


def opened(hearing: Hearing, cmd: Mapping[str, Any]) -> Record:
    """A hearing stands on its investigation report, as text or by the SHA-256 of its file (S104). Raises Refused."""
    text, known = cmd["report_text"].strip(), cmd["report_sha256"]
    if not text and not known:
        raise Refused("report_needed", "须先有调查报告", {"report_text": ["须填写报告正文,或者其文件的校验值"]})
    if text and known:
        raise Refused("report_twice", "正文和文件只填一项", {"report_sha256": ["正文和文件只填一项"]})
    return Record(hearing.id, hearing.case_id, text, known or hashlib.sha256(text.encode()).hexdigest())


def asked(hearing: Hearing, record: Record, cmd: Mapping[str, Any], here: Here) -> Record:
    """What those who take part answer to the question whether somebody has to withdraw (S105). Raises Refused."""
    still_open(hearing)
    there = _names(hearing)
    for each in cmd["answers"]:
        if each["name"] not in there:
            raise Refused("no_seat", "听证人员中没有此人", {"answers": [f"没有{each['name']}"]})
        if each["asks"] and not (each["whom"] in there and each["reason"].strip()):
            raise Refused("whom_and_why", "须写明申请谁回避和理由", {"answers": [f"{each['name']}未写明对象或者理由"]})
    word = {"at": here.now.isoformat(), "by": here.actor.id}
    said = {each["name"]: {**each, **word} for each in cmd["answers"]}
    kept = [each for each in record.recusal if each["name"] not in said]
    return replace(record, recusal=(*kept, *said.values()))


def completed(hearing: Hearing, record: Record) -> Record:
    """Freeze the minutes. Raises Refused while one of those there was not asked, or a request was not decided (S105)."""
    said, there = {each["name"]: each for each in record.recusal}, _names(hearing)
    unasked = [name for name in there if name not in said]
    if unasked:
        raise Refused("recusal_unasked", "尚未逐一询问是否申请回避", {"recusal": [f"未询问{name}" for name in unasked]})
    open_ = [each for each in said.values() if each["asks"] and each["whom"] in there and not each["decision"].strip()]
    if open_:
        words = [f"{each['name']}申请{each['whom']}回避,尚未决定" for each in open_]
        raise Refused("recusal_undecided", "回避申请尚未决定", {"recusal": words})
    return replace(record, digest=digest(hearing, record))


def digest(hearing: Hearing, record: Record) -> str:
    """The SHA-256 of what the minutes say: who sat there, answers on recusal, on-the-spots, minutes, terms."""
    names = ("id", "panel", "replaced", "absences", "gates", "minutes", "terms")
    said = {name: getattr(hearing, name) for name in names} | {"recusal": record.recusal}
    return hashlib.sha256(json.dumps(said, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def signed(hearing: Hearing, record: Record, cmd: Mapping[str, Any], here: Here) -> Record:
    """Everybody who took part signed the frozen minutes, or refused to and said why (S102). Once. Raises Refused."""
    if not record.digest:
        raise Refused("not_completed", "听证记录尚未完成", {"session": ["未完成"]})
    if record.signed_at is not None:
        raise Refused("signed", "笔录已经签署", {"session": ["已签署"]})
    if cmd["digest"] != record.digest:
        raise Refused("other_minutes", "签署的不是这份笔录", {"digest": ["与笔录不符"]})
    names = [each["name"] for each in cmd["signatures"]]
    if sorted(names) != sorted(_names(hearing)):
        raise Refused("signatures", "每名参加人须签名一次,或者注明拒签", {"signatures": ["参加人不符"]})
    unsaid = [each["name"] for each in cmd["signatures"] if not each["signed"] and not each["why"].strip()]
    if unsaid:
        raise Refused("why_refused", "拒签须注明原因", {"signatures": [f"{name}未注明原因" for name in unsaid]})
    return replace(record, signatures=tuple(dict(each) for each in cmd["signatures"]), signed_at=here.now)


def needs_signed(record: Record) -> None:
    """Raises Refused while the minutes of a hearing are not signed."""
    if record.digest and record.signed_at is None:
        raise Refused("unsigned", "听证笔录尚未签署", {"case": ["笔录未签署"]})


def _names(hearing: Hearing) -> Sequence[str]:
    return [seat["name"] for seat in hearing.panel]
