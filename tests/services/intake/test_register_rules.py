"""Registering: who comes together, matters split off, custody of what belongs above, sayings, repeats. Pure rules."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from contracts.calendar import SHANGHAI
from contracts.context import Actor, Here
from contracts.errors import Refused
from contracts.policy import Policy
from contracts.words import Channel
from services.intake import repeats, rules
from services.intake.custody import rules as custody
from services.intake.custody.rules import Custody
from services.intake.rules import ReportState
from services.intake.sayings import rules as sayings
from tests.services.house import DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at

MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
CASE = "c" * 32
TREE, POLICY = demo_tree(), demo_policy()
BODIES = ("city-discipline",)


def here(office: str = TOWN, now: datetime = MON, **actor: Any) -> Here:
    return here_at(office, now, TREE, POLICY, **actor)


def cmd(**other: Any) -> dict[str, Any]:
    plain = {"receipt_hash": "a" * 64, "channel": "visit", "nature": "seek", "category": "C03", "place": VILLAGE}
    plain |= {"text": "过渡费停发", "real_name": True, "contactable": True, "urgent": False, "reporter": None}
    plain |= {"entered_at": None, "head_count": 1, "representatives": 0, "external_no": "", "emergency": False}
    return {**plain, **other}


def register(**other: Any) -> Any:
    return rules.register(CASE, "n1", cmd(**other), here())


def test_a_report_keeps_how_many_came_and_its_other_number() -> None:
    given = {"head_count": 23, "representatives": 5, "external_no": "12345-7"}
    decision = register(**given)
    assert {name: getattr(decision.state, name) for name in given} == given
    file = decision.tells[0].data["file"]
    assert {name: file[name] for name in given} == given
    assert (file["flags"], "parts" in file, "part_of" in file) == ([], False, False)
    assert [tell.data.get("step") for tell in decision.tells] == [None, "registered"]


@pytest.mark.parametrize("channel", ["visit", "hall", "named_reception"])
@pytest.mark.parametrize(("heads", "speakers", "code"), [
    (4, 0, ""), (5, 0, "representatives_needed"), (5, 1, ""), (5, 5, ""), (23, 6, "too_many_representatives"),
    (2, 2, ""), (2, 3, "more_than_came"),
])  # fmt: skip
def test_a_collective_visit_has_representatives(channel: str, heads: int, speakers: int, code: str) -> None:
    given = {"channel": channel, "head_count": heads, "representatives": speakers}
    if not code:
        assert register(**given).state.head_count == heads
        return
    with pytest.raises(Refused) as refused:
        register(**given)
    assert (refused.value.code, list(refused.value.fields)) == (code, ["representatives"])


@pytest.mark.parametrize("channel", [word.value for word in Channel])
def test_every_channel_is_taken(channel: str) -> None:
    assert register(channel=channel).state.channel == channel


@pytest.mark.parametrize("channel", ["letter", "go_down", "phone"])
def test_who_does_not_come_need_not_send_anybody(channel: str) -> None:
    assert register(channel=channel, head_count=9).state.representatives == 0


@pytest.mark.parametrize(("urgent", "emergency", "kept"), [
    (False, False, False), (True, False, True), (False, True, True),
])  # fmt: skip
def test_who_calls_for_help_is_urgent(urgent: bool, emergency: bool, kept: bool) -> None:
    assert register(urgent=urgent, emergency=emergency).state.urgent is kept


def test_a_report_of_retaliation_says_what_protection_there_is() -> None:
    sealed = {"version": 1, "case": CASE, "ciphertext": "x", "keys": {f"{DISTRICT}/discipline": "k"}}
    given = cmd(case=CASE, sealed=sealed, urgent=True, flags=["retaliation"])
    decision = rules.register_sealed("n1", given, here(DISTRICT, desk="discipline"))
    assert (decision.state.flags, decision.state.urgent) == (("retaliation",), True)
    assert decision.tells[0].data["file"]["flags"] == ["retaliation"]
    assert [tell.data.get("step") for tell in decision.tells[1:]] == ["registered", "protection"]
    plain = rules.register_sealed("n1", {**given, "flags": []}, here(DISTRICT, desk="discipline"))
    assert [tell.data.get("step") for tell in plain.tells[1:]] == ["registered"]


def whole(**other: Any) -> ReportState:
    state: ReportState = replace(register(head_count=3, external_no="7").state, **other)
    return state


PART = {"receipt_hash": "b" * 64, "category": "C11", "text": "油烟", "place": TOWN, "nature": "ask", "reporter": None}


def test_a_part_is_a_case_of_its_own_received_with_the_whole() -> None:
    later = here(now=MON + timedelta(days=9))
    decision = rules.split(whole(), "d" * 32, "n2", PART, later)
    part = decision.state
    assert {name: getattr(part, name) for name in PART} == PART
    assert (part.case, part.number, part.part_of, part.parts, part.desk) == ("d" * 32, "n2", CASE, 0, "petition")
    assert (part.entered_at, part.registered_at) == (MON, MON + timedelta(days=9))
    assert (part.channel, part.real_name, part.contactable, part.head_count, part.external_no) == (
        "visit", True, True, 3, "7",
    )  # fmt: skip
    assert decision.tells[0].type == "case_registered"


def test_an_accusation_is_never_split_off_in_the_clear() -> None:
    with pytest.raises(Refused) as refused:
        rules.split(whole(), "d" * 32, "n2", {**PART, "category": "C1501"}, here())
    assert (refused.value.code, list(refused.value.fields)) == ("must_be_sealed", ["category"])


@pytest.mark.parametrize(("change", "code"), [
    ({}, ""), ({"parts": 8}, ""), ({"parts": 9}, "too_many_parts"), ({"part_of": "e" * 32}, "split_the_whole"),
    ({"desk": "discipline"}, "wrong_desk"),
])  # fmt: skip
def test_what_may_be_split(change: dict[str, Any], code: str) -> None:
    if not code:
        assert rules.may_split(whole(**change)) is None
        return
    with pytest.raises(Refused) as refused:
        rules.may_split(whole(**change))
    assert refused.value.code == code


def test_a_recall_leaves_nothing_but_the_number() -> None:
    wiped = whole(flags=("retaliation",), part_of="e" * 32).wiped()
    assert (wiped.number, wiped.recalled) == ("n1", True)
    assert (wiped.external_no, wiped.flags, wiped.part_of, wiped.receipt_hash, wiped.text) == ("", (), "", "", None)


# --- custody ---


def sealed_cmd(**other: Any) -> dict[str, Any]:
    plain = cmd(case=CASE, channel="letter", nature="accuse", flags=[], sealed=None)
    return {**plain, "recipient_office": "city-discipline", "recipient_desk": "discipline", **other}


def line(**other: Any) -> Custody:
    kept: Custody = custody.keeps_custody("n-C", sealed_cmd(**other), here(DISTRICT), BODIES).state
    return kept


def test_what_belongs_above_is_told_to_the_own_supervision_alone() -> None:
    """R17, R21; JK art. 15: no widening of who knows; K19 runs five working days from receipt."""
    decision = custody.keeps_custody("n-C", sealed_cmd(), here(TOWN), BODIES)
    assert decision.state == Custody(CASE, "a" * 64, MON, "city-discipline/discipline", "n-C")
    (told,) = decision.tells
    assert (told.to, told.service, told.type) == (TOWN, "supervision", "case_milestone")
    data = told.data
    assert (data["what"], data["desk"], data["number"], data["category"], data["place"], data["status"]) == (
        "belongs_above", "discipline", "n-C", "C15", "", "registered",
    )  # fmt: skip
    assert (data["holder"], data["entry_office"], data["entered_at"]) == (TOWN, TOWN, MON)
    (clock,) = data["clocks"]
    assert (clock["kind"], clock["act"], clock["at"]) == ("K19", "start", MON)
    assert clock["due"] == datetime(2026, 3, 9, 23, 59, 59, tzinfo=SHANGHAI)


def test_what_goes_sealed_to_the_desk_above_has_no_number_and_no_clock() -> None:
    sealed = {"version": 1, "case": CASE, "ciphertext": "x", "keys": {f"{DISTRICT}/discipline": "k"}}
    given = sealed_cmd(recipient_office=DISTRICT, sealed=sealed, urgent=True, flags=["retaliation"])
    decision = custody.keeps_custody("n-C", given, here(TOWN), BODIES)
    assert (decision.state.number, decision.state.recipient) == ("", f"{DISTRICT}/discipline")
    (letter,) = decision.tells
    assert (letter.type, letter.data["urgent"], letter.data["flags"]) == ("report_filed", True, ["retaliation"])


def test_numbers_of_custody_lines_begin_with_office_and_year() -> None:
    assert custody.custody_stem("610402", 2026) == "610402-C2026-"


def send(kept: Custody, at: datetime | None, now: datetime) -> Any:
    given = {"case": CASE, "way": "机要", "document_no": "1号", "at": at}
    return custody.send_up(kept, given, here(DISTRICT, now))


@pytest.mark.parametrize("at", [None, MON, MON + timedelta(days=2)])
def test_sending_up_stops_the_clock_when_it_went(at: datetime | None) -> None:
    now = MON + timedelta(days=2)
    decision = send(line(), at, now)
    sent = decision.state
    assert (sent.sent_at, sent.way, sent.document_no) == (at or now, "机要", "1号")
    (told,) = decision.tells
    assert (told.to, told.data["what"], told.data["status"]) == (DISTRICT, "sent_up", "outside")
    assert told.data["clocks"] == [{"kind": "K19", "act": "stop", "at": at or now}]
    assert decision.action == "sent_up"


@pytest.mark.parametrize(("at", "code"), [
    (MON - timedelta(seconds=1), "sent_when"),
    (MON + timedelta(days=2, seconds=1), "sent_when"),
])  # fmt: skip
def test_it_went_after_it_came_and_not_in_the_future(at: datetime, code: str) -> None:
    with pytest.raises(Refused) as refused:
        send(line(), at, MON + timedelta(days=2))
    assert (refused.value.code, list(refused.value.fields)) == (code, ["at"])


def test_it_is_sent_once_and_only_what_has_to_be_sent() -> None:
    sent = send(line(), None, MON).state
    with pytest.raises(Refused) as again:
        send(sent, None, MON)
    with pytest.raises(Refused) as sealed:
        send(replace(line(), number=""), None, MON)
    assert (again.value.code, "2026-03-02" in again.value.message) == ("sent_already", True)
    assert sealed.value.code == "nothing_to_send"


@pytest.mark.parametrize(("desk", "roles", "there", "seen"), [
    ("discipline", ("leader",), True, True), ("discipline", ("clerk", "head"), True, True),
    ("discipline", ("clerk",), True, False), ("petition", ("leader", "head"), True, False),
    ("petition", ("clerk",), True, False), ("petition", ("clerk", "head"), False, True),
    ("petition", ("leader",), False, False), ("discipline", ("head", "leader"), False, False),
])  # fmt: skip
def test_custody_is_for_the_head_of_the_discipline_desk_or_of_an_office_without_one(
    desk: str, roles: tuple[str, ...], there: bool, seen: bool
) -> None:
    actor = Actor("a", DISTRICT, desk, roles)
    if seen:
        assert custody.may_see(actor, discipline_desk=there) is None
        return
    with pytest.raises(Refused) as refused:
        custody.may_see(actor, discipline_desk=there)
    assert refused.value.code == "not_found"


# --- sayings ---

SAID = {"saying": "5" * 32, "what": "withdraw", "at": MON, "text": "已修好", "sealed": None, "person": ""}


def test_a_saying_goes_to_the_own_assignment() -> None:
    decision = sayings.say(whole(), SAID, here())
    (tell,) = decision.tells
    assert (tell.to, tell.service, tell.type, tell.case) == (TOWN, "assignment", "reporter_said", CASE)
    assert tell.data == {**SAID, "receipt_hash": "a" * 64, "entry_office": TOWN}
    assert (decision.action, decision.data) == ("said", {"saying": "5" * 32, "what": "withdraw"})


@pytest.mark.parametrize(("text", "refused"), [("x", True), (None, False)])
def test_of_a_discipline_report_nothing_is_said_in_the_clear(text: str | None, refused: bool) -> None:
    secret = whole(desk="discipline")
    if not refused:
        assert sayings.say(secret, {**SAID, "text": text}, here()).tells
        return
    with pytest.raises(Refused) as said:
        sayings.say(secret, {**SAID, "text": text}, here())
    assert (said.value.code, list(said.value.fields)) == ("must_be_sealed", ["text"])


@pytest.mark.parametrize(
    ("recipient", "left"),
    [
        ("city-discipline", True),
        ("city-discipline/discipline", True),
        ("某市机关", True),
        ("610402007", True),  # 上林街道, managed by the New Area
        (f"{DISTRICT}/discipline", False),
        (DISTRICT, False),
        (VILLAGE, False),
        ("", False),
    ],
)
def test_what_went_to_a_body_outside_has_left_the_network(recipient: str, left: bool) -> None:
    assert sayings.has_left(recipient, here()) is left


def test_words_for_what_has_left_are_kept_nowhere_and_who_reported_reads_where_to_turn() -> None:
    line = Custody(CASE, "a" * 64, MON, "city-discipline")
    decision = sayings.turn_there(line, here(DISTRICT))
    (tell,) = decision.tells
    assert (tell.to, tell.service, tell.type, tell.case) == ("portal", "portal", "case_progress", CASE)
    assert {name: tell.data[name] for name in ("receipt_hash", "desk", "step", "tier", "at")} == {
        "receipt_hash": "a" * 64, "desk": "discipline", "step": "outside", "tier": "district", "at": here().now
    }  # fmt: skip
    assert [tell.data[name] for name in ("entry_office", "office", "number", "note")] == [""] * 4
    assert (decision.state, decision.action, decision.data) == (line, "not_kept", {})


# --- repeats ---


@pytest.mark.parametrize(("first", "second", "percent"), [
    ("过渡费停发八个月", "过渡费停发八个月", 100),
    ("过渡费,停发!", "过渡费停发", 100),
    ("过渡费停发", "水渠塌了", 0),
    ("甲乙丙", "丙乙甲", 100),
    ("3盏路灯ABC", "3盏路灯abc", 100),
    ("", "甲乙", 0),
    ("。", "甲乙", 0),
])  # fmt: skip
def test_texts_are_compared_by_the_characters_they_share(first: str, second: str, percent: int) -> None:
    assert repeats.similarity(first, second) == percent


def test_what_every_letter_says_makes_no_two_alike() -> None:
    assert (
        repeats.similarity("请解决路灯", "请解决低保")
        > repeats.similarity("请解决路灯", "请解决低保", ("请", "解决"))
        == 0
    )


def at(threshold: int) -> Policy:
    """The demo's policy with another threshold."""
    return replace(demo_policy(), repeat_similarity=threshold)


def other(number: str, **change: Any) -> ReportState:
    return whole(case=number * 32, number=number, external_no="", **change)


def test_the_same_matter_is_proposed_with_its_reason_and_persons_are_not_compared() -> None:
    report = whole(external_no="12345-7", text="甲乙丙丁戊")
    same_number = replace(other("1", text="无关"), external_no="12345-7", category="C01")
    same_matter = other("2", text="甲乙丙丁己")
    elsewhere = other("3", text="甲乙丙丁戊", place=TOWN)
    unlike = other("4", text="庚辛壬癸子")
    other_class = other("5", text="甲乙丙丁戊", category="C04")
    found = repeats.proposals(report, (same_number, same_matter, elsewhere, unlike, other_class), at(60))
    assert [(each.report.number, each.similarity, each.why) for each in found] == [
        ("2", 80, ("类别、地点相同,文字相似80%",)),
        ("1", 0, ("平台编号相同(12345-7)",)),
    ]


@pytest.mark.parametrize(("threshold", "count"), [(80, 1), (81, 0)])
def test_the_policy_sets_how_alike_they_have_to_be(threshold: int, count: int) -> None:
    found = repeats.proposals(whole(text="甲乙丙丁戊"), (other("2", text="甲乙丙丁己"),), at(threshold))
    assert len(found) == count


def test_an_empty_number_is_nobody_s_number() -> None:
    found = repeats.proposals(whole(external_no="", text="甲乙"), (other("1", text="丙丁"),), at(60))
    assert found == ()


@pytest.mark.parametrize("change", [{"part_of": CASE}, {"case": CASE}])
def test_what_one_letter_named_is_no_repeat(change: dict[str, Any]) -> None:
    assert repeats.proposals(whole(), (whole(**{"case": "d" * 32, **change}),), 60) == ()


def test_two_parts_of_one_letter_are_no_repeats() -> None:
    first, second = (whole(case=each * 32, part_of="e" * 32) for each in "12")
    assert repeats.proposals(first, (second,), 60) == ()


@pytest.mark.parametrize(("desk", "allowed"), [("petition", True), ("discipline", False)])
def test_repeats_are_proposed_for_petitions(desk: str, allowed: bool) -> None:
    if allowed:
        assert rules.of_petitions(desk) is None
        return
    with pytest.raises(Refused) as refused:
        rules.of_petitions(desk)
    assert refused.value.code == "wrong_desk"
