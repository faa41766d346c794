"""A new version of the register: what is wrong with it, and whom its copies go to. Pure."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Invalid, Refused
from contracts.events.officials import PART
from contracts.letters import Tell
from contracts.officials import Duty, Official, OfficialSchema
from contracts.words import Desk
from services.assignment import guards
from services.assignment.officials.state import Register, towns_by_area
from services.assignment.responsibility import groups, matrix
from services.assignment.responsibility.terms import CLASS_LEADER

KEPT_AT_THE_DISTRICT = "supervisor"  # who supervises what is for supervision alone
OF_AN_OFFICE = ("covering_leader", "town_principal", "reception_leader")


def import_officials(
    before: Register, versions: Collection[str], cmd: Mapping[str, Any], here: Here
) -> Decision[Register]:
    """The register after an import; the same ``Register`` when nothing in it is new.

    Refused: ``district_only``, ``wrong_desk`` but at the discipline desk, ``not_leader``, ``version_taken`` for other
    content under a known version, ``invalid`` with every fault. Copies go to the assignment of every other office,
    duties to the own supervision.
    """
    if here.office != here.tree.root.id:
        raise Refused("district_only", "干部名册由区级导入")
    if here.actor.desk != Desk.DISCIPLINE:
        raise Refused("wrong_desk", "干部名册由区纪检监察机关导入")
    guards.leader(here)
    if wrong := _faults(cmd["officials"], here):
        raise Invalid({"officials": wrong})
    officials = tuple(sorted(cmd["officials"], key=lambda each: each.id))
    if officials == before.officials:
        return Decision(before, (), "officials_unchanged", "", {"version": before.version})
    if cmd["version"] in versions:
        raise Refused("version_taken", "该版本号已用于另一份名册,请换一个", {"version": ["已用于另一份名册"]})
    after = Register(before.serial + 1, cmd["version"], officials)
    data = {"version": after.version, "serial": after.serial, "officials": len(officials)}
    return Decision(after, (*_copies(after, here), _duties(after, here)), "officials_imported", "", data)


def parts(register: Register) -> list[Sequence[Official]]:
    """The officials in parts of one letter each."""
    return [register.officials[start : start + PART] for start in range(0, len(register.officials), PART)]


def _copies(register: Register, here: Here) -> Iterator[Tell]:
    shown = OfficialSchema(many=True, exclude=("relations",))
    pieces = [shown.dump([_public(each) for each in part]) for part in parts(register)]
    for office in here.tree.descendants(here.tree.root.id):
        for number, officials in enumerate(pieces, start=1):
            if office.tier != "portal":
                data = {**_named(register), "part": number, "parts": len(pieces), "officials": officials}
                yield Tell(office.id, "assignment", "officials_published", "", data)


def _public(official: Official) -> Official:
    duties = tuple(duty for duty in official.duties if duty.duty != KEPT_AT_THE_DISTRICT)
    return Official(official.id, official.name, official.rank, official.managed_by, official.posts, duties)


def _duties(register: Register, here: Here) -> Tell:
    duties = [
        {"person": each["id"], **{name: duty[name] for name in ("duty", "scope", "since", "until")}}
        for each in OfficialSchema(many=True).dump(register.officials)
        for duty in each["duties"]
        if duty["duty"] != CLASS_LEADER  # no rung of a ladder
    ]
    return Tell(here.office, "supervision", "duties_published", "", {**_named(register), "duties": duties})


def _named(register: Register) -> dict[str, Any]:
    return {"version": register.version, "serial": register.serial}


def _faults(officials: Sequence[Official], here: Here) -> dict[int, Any]:
    """What only the whole register and the district's tree can tell, by place in the list."""
    times = Counter(official.id for official in officials)
    seats, split = groups.faults(officials, here), matrix.faults(officials, here)
    found: dict[int, Any] = {}
    for place, official in enumerate(officials):
        wrong: dict[str, Any] = {"id": ["编号重复"]} if times[official.id] > 1 else {}
        posts = {
            at: {"office": ["没有这个机关"]} for at, post in enumerate(official.posts) if not _known(post.office, here)
        }
        duties = {at: {"scope": [why]} for at, duty in enumerate(official.duties) if (why := _misplaced(duty, here))}
        for at in range(len(official.duties)):
            unfit = seats.get((place, at)) or split.get((place, at)) or {}
            duties.setdefault(at, {}).update({name: [why] for name, why in unfit.items()})
        duties = {at: wrong for at, wrong in duties.items() if wrong}
        relations = {
            at: {"person": ["名册中没有此人"]} for at, each in enumerate(official.relations) if each.person not in times
        }
        wrong |= {
            name: value for name, value in (("posts", posts), ("duties", duties), ("relations", relations)) if value
        }
        if wrong:
            found[place] = wrong
    return found


def _misplaced(duty: Duty, here: Here) -> str:
    """What is wrong with the scope of a duty; "" when nothing is."""
    if duty.duty == "area_holder":
        return "" if duty.scope in towns_by_area(here.policy) else "政策中没有这个片区"
    if duty.duty in OF_AN_OFFICE and not duty.scope:
        return "请填写机关"
    return "" if not duty.scope or _known(duty.scope, here) else "没有这个机关"


def _known(office: str, here: Here) -> bool:
    try:
        return here.tree.office(office).id == office
    except KeyError:
        return False
