"""Who is accused, told by a person at the desk: the marks by which repeats are found are made here; and whether a
petition's text names an official, which is found here too, so that the text goes nowhere for it."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from typing import Any

from contracts.calendar import local_day
from contracts.naming import Named, named_in
from contracts.words import Desk as DeskWord
from gateway.desk.asking import command, desk, query, session
from gateway.desk.opening import own_key
from gateway.language import spoken
from gateway.problems import Problem
from network.clock import now
from network.offices import District

NOT_MATCHED = (
    "尚未核对被反映人,以下建议未考虑其身份和单位",
    "Who is accused was not looked up yet: rank and posts are not considered",
)
LOCKED = (
    "未解锁纪检口令,以下建议未考虑已核对的被反映人;请重新登录并输入纪检口令",
    "The discipline passphrase was not given: who is accused is not considered. Log in again with it",
)
NOT_OURS = (
    "被反映人由其他窗口核对,或者已不在名册中,以下建议未全部考虑;请在本窗口重新核对,或者填写其身份和单位",
    "The accused were looked up at another desk, or have left the register: look them up here, or say rank and offices",
)

PURPOSE = b"shangda marks of the accused"


def match(case: str, given: Mapping[str, Any], command_id: str | None) -> Any:
    """Say who is accused; at a discipline desk with marks, for which its key has to be unlocked. Raises Problem."""
    data = {"case": case, "officials": given["officials"], "unknown": given["not_found"]}
    if session().actor.desk == DeskWord.DISCIPLINE:
        data["marks"] = marks(bytes(own_key()), given["officials"])
    return command("assignment", "match_accused", data, command_id)


def marks(key: bytes, officials: Sequence[str]) -> list[str]:
    """A mark for each official's id, the same at every use of the desk's private key and meaningless without it."""
    secret = hmac.new(key, PURPOSE, hashlib.sha256).digest()
    return [hmac.new(secret, official.encode(), hashlib.sha256).hexdigest() for official in officials]


def suggest(case: str, given: Mapping[str, Any]) -> Any:
    """Where a case could go. → ``{offices, note}``: of a discipline case, the rank and posts of the accused are taken into
    account, who are found anew by the marks with the unlocked key; ``note`` says where they are not. Raises Problem."""
    data = {**given, "case": case}
    note = ""
    if session().actor.desk == DeskWord.DISCIPLINE and not (given["rank"] or given["accused_offices"]):
        data["officials"], note = _accused(query("assignment", "get_case", {"case": case})["case"])
    return {**query("assignment", "suggest", data), "note": note}


def _accused(found: Mapping[str, Any]) -> tuple[list[str], str]:
    """The ids of whom the case's marks stand for, and what to tell the clerk where they are not all known."""
    made = set(found.get("marks", ()))
    if not made:
        return [], "" if found.get("matched") else spoken(*NOT_MATCHED)
    key = session().key
    if key is None:
        return [], spoken(*LOCKED)
    register = desk().registers.of(session().actor.office, lambda page: query("assignment", "officials", page))
    ids = [official.id for official in register]
    known = [id_ for id_, mark in zip(ids, marks(bytes(key), ids), strict=True) if mark in made]
    return known, "" if len(known) == len(made) else spoken(*NOT_OURS)


def decide_desk(text: str) -> None:
    """Raises Problem ``decide_desk`` when the text names an official or a post of the register: a clerk has to decide
    whether it accuses, and then takes it as a report to the discipline desk, or as a petition (``as_petition``)."""
    register = desk().registers.of(session().actor.office, lambda page: query("assignment", "officials", page))
    found = named_in(text, register, names_of(desk().tree), local_day(now()))
    if found:
        why = "内容提到了干部,请确认是否属于检举控告 (the text names an official: a report, or a petition?)"
        raise Problem(409, "decide_desk", why, {"text": [_proposal(each) for each in found]})


def _proposal(found: Named) -> str:
    post = found.official.posts[-1].post if found.official.posts else ""
    return f"“{found.what}”:{found.official.id} {found.official.name} {post},建议转纪检监察窗口登记"


def names_of(tree: District) -> Mapping[str, Sequence[str]]:
    """The names in use of each office."""
    return {office.id: tuple(dict.fromkeys((office.name, office.short_name))) for office in tree.offices.values()}
