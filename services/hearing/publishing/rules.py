"""What is told to the portal of a hearing, and when. Petitions only. Pure."""

from collections.abc import Mapping
from typing import Any

from contracts.authority import leader
from contracts.calendar import due
from contracts.context import Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.words import Desk, Form
from network.offices import PORTAL
from services.hearing.cases.rules import HearingCase
from services.hearing.publishing.masking import digest, mask
from services.hearing.sessions.rules import Hearing
from services.hearing.sessions.terminating import Termination


def in_time(cmd: Mapping[str, Any], here: Here) -> None:
    """A public hearing is announced the policy's days before it. Raises Refused."""
    if cmd["form"] != Form.PUBLIC:
        return
    first = due(here.now, here.policy.hearing_notice_days, rolls=here.policy.rolls_to_working_day).at
    if cmd["planned_at"] < first:
        raise Refused("notice_too_short", "公开听证的公告期不足", {"planned_at": ["公告期不足"]})


def notice(case: HearingCase, hearing: Hearing, here: Here) -> tuple[Tell, ...]:
    """The notice of a public hearing as it stands: form, day, place and kind of matter, nobody's name."""
    if hearing.form != Form.PUBLIC or case.desk != Desk.PETITION:
        return ()
    kind = here.policy.category(case.category).zh
    rev = len(hearing.adjourned) + 1 + (hearing.state != "open")
    return (_tell(hearing, "notice", rev, kind, withdrawn=hearing.state == "cancelled"),)


def _tell(hearing: Hearing, kind: str, rev: int, text: str, *, withdrawn: bool) -> Tell:
    shown = {"form": hearing.form, "place": hearing.place, "at": hearing.planned_at}
    return Tell(
        PORTAL,
        PORTAL,
        "hearing_published",
        "",
        {"session": hearing.id, "kind": kind, "rev": rev, "text": text, "withdrawn": withdrawn, **shown},
    )


def masked(hearing: Hearing, termination: Termination, names: tuple[str, ...]) -> str:
    """The opinion and what can still be done, without persons: the parties, as the panel names them, and ``names``."""
    parties = [seat["name"] for seat in hearing.panel if seat["role"] in ("petitioner", "other_party")]
    return mask(f"{termination.number}\n{termination.opinion}\n{termination.remedy}", (*parties, *names))


def publish(case: HearingCase, hearing: Hearing, text: str, seen: str, here: Here) -> tuple[Tell, ...]:
    """A leader publishes what he saw. Raises Refused for another text, and for what is not a petition."""
    leader(here)
    if case.desk != Desk.PETITION:
        raise Refused("not_public", "不得公开", {"session": ["不得公开"]})
    if seen != digest(text):
        raise Refused("not_seen", "请先核对遮蔽后的文本", {"digest": ["与遮蔽后的文本不符"]})
    return (_tell(hearing, "termination", 1, text, withdrawn=False),)


def withdraw(hearing: Hearing, here: Here) -> tuple[Tell, ...]:
    """A leader takes a published opinion back."""
    leader(here)
    return (_tell(hearing, "termination", 2, "", withdrawn=True),)
