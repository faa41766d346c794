"""What persons, helping, officials and facts refuse, in the very words that a clerk reads."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from contracts.context import Here
from contracts.officials import Official, Post
from contracts.veils import veil
from contracts.words import Nature
from services.assignment.facts import rules as facts
from services.assignment.helping import rules as helping
from services.assignment.helping.states import HelperState
from services.assignment.holding.rules import register
from services.assignment.officials.rules import match
from services.assignment.persons import rules as persons
from services.assignment.persons.rules import ObjectionState
from tests.services.assignment.cases import (
    CASE,
    DISTRICT,
    LEADER,
    MON,
    PLUMS,
    TOWN,
    VILLAGE,
    day,
    envelope,
    held,
    here,
    report,
)
from tests.services.assignment.helped import STREET
from tests.services.assignment.officials import HEAD, LEADER_OF_ALL, LONG_AGO, REGISTER, SECRETARY, STAFF
from tests.services.assignment.refusals import CLOSED, NOT_HOLDER, NOT_LEADER, OFFERED, STALE, problem, says

Call = Callable[[], Any]

# --- persons ---

VEIL = veil(CASE, "P-1")
PEOPLE = (
    Official("P-1", "石某", "town_staff", "town", (Post(TOWN, "干事", LONG_AGO),)),
    Official("P-2", "甘某", "district_leader", "city", (Post(DISTRICT, "副区长", LONG_AGO),)),
)
OBJECTION = ObjectionState("e" * 32, CASE, MON, "reporter", "石主任", "", "妻弟")
NOT_OURS = says("not_superior", "该人员不属本机关及下级,其回避由上级决定,请将该事项上交", person=["须由上级决定"])
ONESELF = says("same_person", "被申请回避的人不能决定该申请,请由其他负责人决定", person=["本人"])


def leader(**actor: Any) -> Here:
    return here(TOWN, roles=LEADER, **actor)


def recusing(person: str = "P-1", at: Here | None = None, **change: Any) -> Call:
    cmd = {"person": person, "ground": "related"}
    return lambda: persons.recuse(held(**change), cmd, PEOPLE, at or leader())


def deciding(person: str = "P-1", at: Here | None = None, objection: ObjectionState = OBJECTION, **change: Any) -> Call:
    cmd = {"grant": True, "person": person, "ground": "interest", "reason": "属实"}
    return lambda: persons.decide(held(**change), objection, cmd, PEOPLE, at or leader())


OF_PERSONS: list[tuple[Call, dict[str, Any]]] = [
    (recusing(recalled=True), STALE),
    (recusing(at=here(TOWN, person="P-2")), NOT_LEADER),
    (recusing("P-2"), NOT_OURS),
    (recusing(recused=(VEIL,)), says("already_recused", "该人员已经回避", person=["已经回避"])),
    (lambda: persons.object_to(held(recalled=True), {"person": "P-1", "named": ""}), STALE),
    (
        lambda: persons.object_to(held(), {"person": "", "named": " "}),
        says("person_needed", "请指明申请何人回避", person=["请填写人员编号,或者写明姓名、职务"]),
    ),
    (deciding(recalled=True), STALE),
    (deciding(at=here(TOWN)), NOT_LEADER),
    (
        deciding(at=leader(person="P-1"), objection=replace(OBJECTION, veil=VEIL)),
        says("not_found", "没有找到:回避申请"),
    ),
    (deciding("张三"), ONESELF),
    (deciding("P-1", leader(person="P-1")), ONESELF),
    (deciding("", objection=replace(OBJECTION, named=" 张三 ")), ONESELF),
    (deciding("", leader(person="P-1"), replace(OBJECTION, named="镇上的石某")), ONESELF),
    (
        deciding(objection=replace(OBJECTION, state="granted")),
        says("decided", "该回避申请已经决定", objection=["已经决定"]),
    ),
    (deciding(""), says("person_needed", "请指明回避的人员", person=["必填"])),
    (deciding("P-2"), NOT_OURS),
]


@pytest.mark.parametrize(("act", "wanted"), OF_PERSONS)
def test_what_is_refused_about_persons(act: Call, wanted: dict[str, Any]) -> None:
    assert problem(act) == wanted


# --- helping ---

HELPER = HelperState(CASE, 1, STREET, "核对名册", MON, day(5), False, ("按期限",))
DUE_PAST = says("due_past", "协办期限须在明天以后、一年以内", due=["须在明天以后、一年以内"])


def asking(days: int = 5, helpers: tuple[HelperState, ...] = (), to: str = STREET, **change: Any) -> Call:
    cmd = {"case": CASE, "to": to, "what": "核对名册", "due": MON + timedelta(days=days)}
    return lambda: helping.ask(held(DISTRICT, **change), helpers, cmd, here(DISTRICT))


OF_HELPING: list[tuple[Call, dict[str, Any]]] = [
    (asking(holder=TOWN), NOT_HOLDER),
    (asking(offered_to=TOWN), OFFERED),
    (asking(recalled=True), STALE),
    (asking(status="declined"), CLOSED),
    (asking(to="610402999"), says("unknown_office", "没有这个机关", to=["没有这个机关"])),
    (asking(to="610402007"), says("unknown_office", "没有这个机关", to=["没有这个机关"])),
    (asking(to=DISTRICT), says("itself", "不能请本机关协办", to=["是本机关"])),
    (asking(excluded=(STREET,)), says("excluded", "该机关应当回避该事项", to=["应当回避"])),
    (asking(to="portal"), says("not_for_them", "该机关不能协办此类事项", to=["不能协办"])),
    (asking(to=VILLAGE, desk="discipline"), says("not_for_them", "该机关不能协办此类事项", to=["不能协办"])),
    (asking(helpers=(HELPER,)), says("already_helping", "该机关正在协办", to=["正在协办"])),
    (asking(0), DUE_PAST),
    (asking(367), DUE_PAST),
    (
        lambda: helping.release(held(DISTRICT), replace(HELPER, state="released"), "x", here(DISTRICT)),
        says("not_asked", "该协办事项已经反馈或者解除"),
    ),
    (lambda: helping.release(held(DISTRICT, holder=TOWN), HELPER, "x", here(DISTRICT)), NOT_HOLDER),
]


@pytest.mark.parametrize(("act", "wanted"), OF_HELPING)
def test_what_is_refused_about_help(act: Call, wanted: dict[str, Any]) -> None:
    assert problem(act) == wanted


# --- officials ---


def matching(*ids: str, office: str = TOWN, role: str = "triage", **change: Any) -> Call:
    state = replace(register(report(office), [], here(office)).state, **change)
    cmd = {"officials": ids, "not_found": False, "marks": []}
    return lambda: match(state, cmd, REGISTER, here(office, roles=(role,)))


OF_OFFICIALS: list[tuple[Call, dict[str, Any]]] = [
    (matching(HEAD.id, recalled=True), STALE),
    (matching(HEAD.id, status="concluded"), CLOSED),
    (matching(HEAD.id, holder=DISTRICT), NOT_HOLDER),
    (matching(HEAD.id, role="clerk"), NOT_LEADER),
    (
        matching(HEAD.id, "x-1", "x-2"),
        says("unknown_official", "名册中没有此人", officials={1: ["名册中没有此人"], 2: ["名册中没有此人"]}),
    ),
    (
        matching(HEAD.id, LEADER_OF_ALL.id),
        says("belongs_above", "被反映人属上级管理的干部,应当报送上级机关处理"),
    ),
    (matching(STAFF.id), NOT_OURS),
    (matching(SECRETARY.id), says("self_recused", "本机关应当回避,请上交秦都区")),
    (matching(HEAD.id, office=VILLAGE), says("self_recused", "本机关应当回避,请上交槐川镇")),
    (matching(SECRETARY.id, office=VILLAGE), says("self_recused", "本机关应当回避,请上交秦都区")),
]


@pytest.mark.parametrize(("act", "wanted"), OF_OFFICIALS)
def test_what_is_refused_about_the_accused(act: Call, wanted: dict[str, Any]) -> None:
    assert problem(act) == wanted


# --- facts ---

ENVELOPE = envelope(f"{TOWN}/petition")
TO_DISCIPLINE = "请使用“转纪检窗口”"
NOTHING_NEW = says("nothing_new", "更正后的内容与原内容相同或者为空", to=["请填写更正后的内容"])
UNSEALED = says("not_sealed_for", "密封件不是密封给本窗口的", sealed=["没有本窗口的密钥"])
OWN_LINE = says(
    "own_line", "被反映人在本机关或者上级机关工作,请先将该事项报送无须回避的上级", accused_offices=["请先报送上级"]
)


def correcting(what: str, to: str = "", state: Any = None, **other: Any) -> Call:
    plain = {"sealed": None, "contactable": None, "accused_offices": [], "reason": "有误"}
    cmd = {**plain, "case": CASE, "what": what, "to": to, **other}
    return lambda: facts.correct(state or held(TOWN), "f" * 32, cmd, here(TOWN))


def accused(*offices: str) -> Call:
    secret = replace(register(report(), [], here(DISTRICT)).state, holder=TOWN)
    sealed = envelope(f"{TOWN}/discipline")
    return correcting("accused", state=secret, sealed=sealed, accused_offices=list(offices))


OF_FACTS: list[tuple[Call, dict[str, Any]]] = [
    (correcting("category", "C08", held(TOWN, holder=VILLAGE)), NOT_HOLDER),
    (
        correcting("place", "别处", accused_offices=[PLUMS]),
        says("not_accused", "只有更正被反映人时才填写其所在机关", accused_offices=["应为空"]),
    ),
    (correcting("place", "别处", sealed=ENVELOPE), says("not_to_seal", "该项更正不须密封", sealed=["应为空"])),
    (correcting("place", VILLAGE), NOTHING_NEW),
    (correcting("place", " "), NOTHING_NEW),
    (
        correcting("nature", "tired"),
        says("unknown_nature", "没有这种信访目的", to=["可选:" + "、".join(each.value for each in Nature)]),
    ),
    (correcting("category", "C99"), says("unknown_category", "没有这个分类", to=["不在目录中"])),
    (correcting("category", "C15"), says("must_be_sealed", "检举控告须密封:请转纪检窗口", to=[TO_DISCIPLINE])),
    (correcting("nature", "accuse"), says("must_be_sealed", "检举控告须密封:请转纪检窗口", to=[TO_DISCIPLINE])),
    (correcting("accused"), says("must_be_sealed", "检举控告须密封:请转纪检窗口", what=[TO_DISCIPLINE])),
    (correcting("name", "王五"), says("must_be_sealed", "该项更正须密封", to=["应为空"])),
    (correcting("name"), UNSEALED),
    (correcting("name", sealed=envelope(f"{TOWN}/discipline")), UNSEALED),
    (accused("610402999"), says("unknown_office", "没有这个机关", accused_offices=["没有这个机关"])),
    (accused(TOWN), OWN_LINE),
    (accused(DISTRICT), OWN_LINE),
]


@pytest.mark.parametrize(("act", "wanted"), OF_FACTS)
def test_what_is_refused_about_corrections(act: Call, wanted: dict[str, Any]) -> None:
    assert problem(act) == wanted
