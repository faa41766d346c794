"""Load, decide, save, say: what stands around the rules of the register."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from contracts.accused import Accused
from contracts.calendar import local_day
from contracts.context import Actor, Here
from contracts.errors import Refused
from contracts.letters import Letter
from contracts.naming import candidates
from contracts.officials import Official, OfficialSchema
from contracts.veils import veil
from contracts.words import Desk
from network.uow import UnitOfWork
from services.assignment import acts, views
from services.assignment.officials import importing, rules, store
from services.assignment.officials.conflicts import Conflicts
from services.assignment.officials.models import OfficialPart
from services.assignment.persons.hiding import ground
from services.assignment.store import case_seen


def import_officials(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Keep a new version of the register and send its copies; a register like the one in force changes nothing."""
    before = store.in_force(uow.session)
    decision = importing.import_officials(before, store.versions(uow.session), cmd, uow.here)
    after = decision.state
    if after.serial != before.serial:
        parts = importing.parts(after)
        for number, officials in enumerate(parts, start=1):
            _keep(uow, {**vars(after), "part": number, "parts": len(parts), "officials": officials}, uow.actor.id)
    uow.apply(decision)
    named = {"version": after.version, "serial": after.serial, "officials": len(after.officials)}
    return {**named, "changed": after.serial != before.serial}


def take_copy(uow: UnitOfWork, letter: Letter) -> None:
    """A part of a version comes from the district; whole, it takes the place of the versions before. Older ones are past."""
    if letter.office != uow.office.tree.root.id:
        raise Refused("district_only", f"干部名册只能由区级发布,{letter.office} 不是")
    serial = letter.data["serial"]
    if serial <= store.in_force(uow.session).serial or store.part(uow.session, serial, letter.data["part"]) is not None:
        return
    _keep(uow, letter.data, letter.office)
    uow.session.flush()
    if store.in_force(uow.session).serial == serial:
        store.drop_before(uow.session, serial)


def _keep(uow: UnitOfWork, data: Mapping[str, Any], by: str) -> None:
    plain = OfficialSchema(many=True).dump(data["officials"])
    named = {name: data[name] for name in ("serial", "version", "part", "parts")}
    uow.session.add(OfficialPart(**named, at=uow.now, by=by, officials=plain))


def match(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Say who is accused in a case."""
    register = store.in_force(uow.session).officials
    answer = acts.command(uow, cmd, lambda state, here: rules.match(state, cmd, register, here))
    _count(uow, cmd["case"], rules.in_conflict(cmd["officials"], register, uow.here))
    return answer


def _count(uow: UnitOfWork, case: str, found: Conflicts) -> None:
    """On which grounds offices and persons were recused, for the figures; persons by their veils."""
    for office, word in found.offices.items():
        ground(uow, case, office, word.value, is_person=False)
    for person, word in found.persons.items():
        ground(uow, case, veil(case, person), word.value, is_person=True)


def officials(session: Session, here: Here, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """A page of the register, by id."""
    register = store.in_force(session)
    found = [each for each in register.officials if each.id > wanted["after"] and _fits(each, wanted)]
    page = found[: wanted["limit"]]
    following = page[-1].id if len(found) > len(page) else ""
    return {"officials": _shown(page, here), "next": following, "version": register.version}


def _fits(official: Official, wanted: Mapping[str, Any]) -> bool:
    words = (official.id, official.name, *(post.post for post in official.posts))
    there = not wanted["office"] or any(post.office == wanted["office"] for post in official.posts)
    return there and any(wanted["text"] in each for each in words)


def fitting(session: Session, here: Here, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """Who may be meant by a name, post and office."""
    accused = Accused(wanted["name"], wanted["office"], wanted["post"])
    found = candidates(accused, store.in_force(session).officials, local_day(here.now))
    shown = _shown((each.official for each in found), here)
    return {
        "candidates": [
            {"official": official, "score": each.score, "why": list(each.why)}
            for official, each in zip(shown, found, strict=True)
        ]
    }


def _shown(officials: Iterable[Official], here: Here) -> list[dict[str, Any]]:
    """Plain officials; declared relations for the district's discipline desk alone."""
    may = here.office == here.tree.root.id and here.actor.desk == Desk.DISCIPLINE
    found: list[dict[str, Any]] = OfficialSchema(many=True, exclude=() if may else ("relations",)).dump(officials)
    return found


def repeats(session: Session, actor: Actor, case: str) -> dict[str, Any]:
    """The other cases of the desk that share a mark with this one."""
    marks = set(acts.visible(case_seen(session, case), actor).marks)
    rows = [row for row in store.marked(session, actor.desk) if row.case != case and marks & set(row.marks)]
    return {"cases": [views.line(row) for row in rows]}
