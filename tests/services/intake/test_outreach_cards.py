"""Contact cards: serials printed, given out once, bound on return, void; what came in by them (S8, S11, S23, S26)."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contracts.errors import Refused
from contracts.letters import Tell
from network.ids import new_id
from services.intake.models import IntakeReport
from services.intake.outreach.cards import rules
from services.intake.outreach.cards.models import IntakeCard, IntakeCardBatch
from services.intake.outreach.cards.rules import Batch, Card
from services.intake.outreach.demands.models import IntakeDemand
from tests.services.house import DISTRICT, TOWN, VILLAGE, House
from tests.services.intake.outreach import NOW, ask, do, figures, ledger, opened, petition, refused
from tests.services.intake.reports import here
from tests.services.intake.test_intake import comes_from, filed

PRINT = {"count": 3, "contact": "王秀兰", "phone": "029-33210000"}
AT = {"to": "household", "place": "梨湾村三组"}
FIRST = f"{VILLAGE}-000001"
YESTERDAY = NOW - timedelta(days=1)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = opened(tmp_path)
    yield house
    for office in house.offices.values():
        office.engine.dispose()


def test_s23_cards_are_printed_under_the_offices_next_serials_and_lead_to_themselves(house: House) -> None:
    first = do(house, VILLAGE, "print_cards", PRINT)
    second = do(house, VILLAGE, "print_cards", {**PRINT, "kind": "slip", "count": 2, "campaign": "big_visit"})
    assert (first["first"], first["last"]) == (FIRST, f"{VILLAGE}-000003")
    assert (second["first"], second["last"]) == (f"{VILLAGE}-000004", f"{VILLAGE}-000005")
    shown = ask(house, VILLAGE, "card", {"serial": FIRST})
    assert (shown["state"], shown["contact"], shown["phone"]) == ("printed", "王秀兰", "029-33210000")
    assert shown["url"] == f"https://xinfang.example/?card={FIRST}"
    assert [row.kind for row in house.rows(VILLAGE, IntakeCardBatch)] == ["card", "slip"]
    for office in (VILLAGE, TOWN, DISTRICT):
        found = figures(house, office)
        assert (found["cards_printed"], found["slips_printed"]) == ((3, None), (2, None))
    assert figures(house, DISTRICT, campaign="big_visit")["cards_printed"] == (0, None)
    (row,) = ledger(house, VILLAGE, "card_batches", campaign="big_visit")
    assert (row["kind"], row["first"], row["printed"]) == ("登记凭条", f"{VILLAGE}-000004", 2)


def test_s23_a_card_is_given_out_once_with_place_and_campaign_and_no_name(house: House) -> None:
    do(house, VILLAGE, "print_cards", PRINT)
    given = {**AT, "serials": [FIRST, f"{VILLAGE}-000002"], "campaign": "big_visit"}
    do(house, VILLAGE, "issue_cards", given)
    rows = house.rows(VILLAGE, IntakeCard)
    assert [(row.serial[-1], row.state, row.given_to, row.place) for row in rows] == [
        ("1", "issued", "household", "梨湾村三组"),
        ("2", "issued", "household", "梨湾村三组"),
    ]
    again = {**AT, "serials": [f"{VILLAGE}-000003", f"{VILLAGE}-000002"]}
    assert refused(house, VILLAGE, "issue_cards", again) == ("serial_used", ["serials"])
    assert len(house.rows(VILLAGE, IntakeCard)) == 2, "all or none"
    assert figures(house, DISTRICT, campaign="big_visit")["cards_issued"] == (2, None)
    lines = ledger(house, VILLAGE, "cards")
    assert [(line["serial"], line["given_to"], line["day"], line["demands"]) for line in lines] == [
        (FIRST, "农户、居民户", "2026-05-08", 0),
        (f"{VILLAGE}-000002", "农户、居民户", "2026-05-08", 0),
    ]
    (batch,) = ask(house, VILLAGE, "card_batches", {})["batches"]
    assert (batch["printed"], batch["issued"], batch["void"]) == (3, 2, 0)


@pytest.mark.parametrize(("office", "change", "code", "field"), [
    (VILLAGE, {"serials": [f"{VILLAGE}-000009"]}, "unknown_serial", "serials"),
    (TOWN, {"serials": [FIRST]}, "unknown_serial", "serials"),
    (VILLAGE, {"serials": [FIRST, FIRST]}, "serial_twice", "serials"),
    (VILLAGE, {"serials": [f"{VILLAGE}-000004"]}, "is_slip", "serials"),
    (VILLAGE, {"serials": ["1"]}, "invalid", "serials"),
    (VILLAGE, {"to": "张三"}, "invalid", "to"),
    (VILLAGE, {"campaign": "no_such"}, "unknown_campaign", "campaign"),
    (VILLAGE, {"at": (NOW + timedelta(hours=1)).isoformat()}, "in_future", "at"),
])  # fmt: skip
def test_a_wrong_card_is_named_and_nothing_is_given_out(
    house: House, office: str, change: dict[str, Any], code: str, field: str
) -> None:
    do(house, VILLAGE, "print_cards", PRINT)
    do(house, VILLAGE, "print_cards", {**PRINT, "kind": "slip", "count": 1})
    data = {**AT, "serials": [FIRST], **change}
    assert refused(house, office, "issue_cards", data) == (code, [field])
    assert house.rows(office, IntakeCard) == []


def test_a_lost_card_is_void_with_a_reason_and_one_given_out_stays_counted(house: House) -> None:
    do(house, VILLAGE, "print_cards", PRINT)
    do(house, VILLAGE, "issue_cards", {**AT, "serials": [FIRST]})
    lost = {"serials": [FIRST, f"{VILLAGE}-000002"], "reason": "下雨淋湿"}
    do(house, VILLAGE, "void_cards", lost)
    found = figures(house, TOWN)
    assert (found["cards_issued"], found["cards_void"]) == ((1, None), (2, None))
    assert refused(house, VILLAGE, "void_cards", lost) == ("serial_used", ["serials"])
    used = {**AT, "serials": [f"{VILLAGE}-000002"]}
    assert refused(house, VILLAGE, "issue_cards", used) == ("serial_used", ["serials"])
    assert [row["reason"] for row in ledger(house, VILLAGE, "cards_void")] == ["下雨淋湿", "下雨淋湿"]
    assert [row["state"] for row in ledger(house, VILLAGE, "cards")] == ["作废"]


def test_s26_a_report_by_a_card_bears_its_serial_and_counts_as_a_demand(house: House) -> None:
    do(house, VILLAGE, "print_cards", {**PRINT, "campaign": "big_visit"})
    by_card = petition(channel="contact_card", card=FIRST)
    assert refused(house, VILLAGE, "register", by_card) == ("not_issued", ["card"])
    assert refused(house, TOWN, "register", by_card) == ("unknown_serial", ["card"])
    assert house.rows(VILLAGE, IntakeReport) == []
    do(house, VILLAGE, "issue_cards", {**AT, "serials": [FIRST]})
    case = do(house, VILLAGE, "register", by_card)["case"]
    do(house, VILLAGE, "register", {**by_card, "receipt_hash": "9" * 64})
    (collected,) = ask(house, VILLAGE, "get_report", {"case": case})["collected"]
    assert (collected["source"], collected["of"], collected["campaign"]) == ("card", FIRST, "big_visit")
    assert len(ask(house, VILLAGE, "card", {"serial": FIRST})["demands"]) == 2, "a card stays and may bring several"
    for office in (VILLAGE, DISTRICT):
        found = figures(house, office, campaign="big_visit")
        assert (found["demands"], found["demands_card"]) == ((2, None), (2, 2))
    assert [row["demands"] for row in ledger(house, VILLAGE, "cards")] == [2]
    assert [(row["source"], row["of"]) for row in ledger(house, VILLAGE, "demands")] == [("联系卡", FIRST)] * 2


def by_portal(house: House, card: str, **change: Any) -> None:
    """A petition from the portal by the code on a card."""
    given = {
        **filed(),
        "case": new_id(),
        "receipt_hash": (new_id() * 2),
        "filed_at": NOW,
        "channel": "contact_card",
        "card": card,
        **change,
    }
    comes_from(house, "portal", DISTRICT, "report_filed", given)
    house.post()


def test_s26_a_report_at_the_portal_by_a_card_counts_where_the_card_was_given_out_and_says_nothing_there(
    house: House,
) -> None:
    do(house, VILLAGE, "print_cards", {**PRINT, "campaign": "big_visit"})
    do(house, VILLAGE, "issue_cards", {**AT, "serials": [FIRST]})
    by_portal(house, FIRST)
    assert len(house.rows(DISTRICT, IntakeReport)) == 1
    assert house.rows(VILLAGE, IntakeReport) == []
    (demand,) = house.rows(VILLAGE, IntakeDemand)
    assert (demand.source, demand.of, demand.case, demand.campaign) == ("card", FIRST, "", "big_visit")
    assert figures(house, DISTRICT, campaign="big_visit")["demands_card"] == (1, 1)


@pytest.mark.parametrize("serial", [f"{VILLAGE}-000002", f"{VILLAGE}-000004", f"{VILLAGE}-999999", "610499901-000001"])
def test_a_card_that_is_not_given_out_is_a_slip_or_strange_loses_no_report_and_counts_nothing(
    house: House, serial: str
) -> None:
    do(house, VILLAGE, "print_cards", PRINT)
    do(house, VILLAGE, "print_cards", {**PRINT, "kind": "slip", "count": 1})
    by_portal(house, serial)
    assert len(house.rows(DISTRICT, IntakeReport)) == 1
    assert house.rows(VILLAGE, IntakeDemand) == []


def test_only_the_office_that_registers_the_portals_reports_says_that_a_card_was_used(house: House) -> None:
    do(house, VILLAGE, "print_cards", PRINT)
    do(house, VILLAGE, "issue_cards", {**AT, "serials": [FIRST]})
    house.say(TOWN, "intake", Tell(VILLAGE, "intake", "card_used", "", {"serial": FIRST, "at": NOW}))
    house.post()
    assert house.rows(VILLAGE, IntakeDemand) == []


@pytest.mark.parametrize(("change", "field"), [
    ({"channel": "phone", "card": FIRST}, "card"),
    ({"channel": "contact_card", "card": FIRST, "visit": "a" * 32}, "visit"),
    ({"channel": "walk", "visit": "a" * 32}, "visit"),
    ({"channel": "go_down", "go_down": "a" * 32}, "go_down"),
    ({"campaign": "no_such"}, "campaign"),
])  # fmt: skip
def test_a_source_that_is_not_there_or_not_of_the_channel_is_named(
    house: House, change: dict[str, Any], field: str
) -> None:
    assert refused(house, VILLAGE, "register", petition(**change))[1] == [field]
    assert house.rows(VILLAGE, IntakeReport) == []


def slips(house: House) -> None:
    do(house, VILLAGE, "print_cards", {**PRINT, "kind": "slip"})


def test_s23_a_slip_handed_out_without_a_network_is_bound_on_return_with_the_true_day(house: House) -> None:
    slips(house)
    case = do(house, VILLAGE, "register", petition(channel="contact_card", entered_at=YESTERDAY.isoformat()))["case"]
    bind = {"serial": FIRST, "case": case, "handed_at": NOW.isoformat(), "place": "三组地头"}
    assert refused(house, VILLAGE, "bind_slip", bind) == ("other_day", ["handed_at"])
    later = (NOW + timedelta(hours=1)).isoformat()
    assert refused(house, VILLAGE, "bind_slip", {**bind, "handed_at": later}) == ("in_future", ["handed_at"])
    true = {**bind, "handed_at": YESTERDAY.isoformat()}
    assert refused(house, TOWN, "bind_slip", true)[0] == "not_found"
    do(house, VILLAGE, "bind_slip", true)
    (row,) = house.rows(VILLAGE, IntakeCard)
    assert (row.state, row.issued_at, row.place) == ("bound", YESTERDAY, "三组地头")
    (demand,) = house.rows(VILLAGE, IntakeDemand)
    assert (demand.case, demand.of, demand.at) == (case, FIRST, YESTERDAY)
    assert refused(house, VILLAGE, "bind_slip", true) == ("serial_used", ["serial"])
    assert refused(house, VILLAGE, "void_cards", {"serials": [FIRST], "reason": "x"}) == ("serial_used", ["serials"])
    assert figures(house, DISTRICT)["demands_card"] == (1, 1)
    assert figures(house, DISTRICT, since="2026-05-08")["cards_issued"] == (0, None), "it counts on its true day"


def test_a_report_entered_with_its_slips_serial_binds_it(house: House) -> None:
    slips(house)
    by_slip = petition(channel="contact_card", card=FIRST, entered_at=YESTERDAY.isoformat())
    do(house, VILLAGE, "register", by_slip)
    (row,) = house.rows(VILLAGE, IntakeCard)
    assert (row.state, row.issued_at) == ("bound", YESTERDAY)
    other = {**by_slip, "receipt_hash": "8" * 64}
    assert refused(house, VILLAGE, "register", other) == ("serial_used", ["card"])


def test_the_discipline_desk_gives_out_no_cards_and_links_nothing(house: House) -> None:
    do(house, DISTRICT, "print_cards", PRINT)
    serial = f"{DISTRICT}-000001"
    for command, data in (
        ("print_cards", PRINT),
        ("issue_cards", {**AT, "serials": [serial]}),
        ("void_cards", {"serials": [serial], "reason": "x"}),
        ("link_demand", {"case": "a" * 32, "card": serial}),
    ):
        assert refused(house, DISTRICT, command, data, desk="discipline")[0] == "wrong_desk"
    assert house.ask(DISTRICT, "intake", "card", {"serial": serial}, desk="discipline")["error"]["code"] == "wrong_desk"


def test_a_sealed_report_is_no_demand(house: House) -> None:
    case = "e" * 32
    envelope = {"version": 1, "case": case, "ciphertext": "c2VhbGVk", "keys": {f"{DISTRICT}/discipline": "k"}}
    plain = {"case": case, "receipt_hash": case * 2, "channel": "contact_card", "nature": "accuse", "sealed": envelope}
    to = {"recipient_office": DISTRICT, "recipient_desk": "discipline", "real_name": False, "contactable": False}
    do(house, DISTRICT, "register_sealed", {**plain, **to}, desk="discipline")
    do(house, DISTRICT, "print_cards", PRINT)
    do(house, DISTRICT, "issue_cards", {**AT, "serials": [f"{DISTRICT}-000001"]})
    linked = {"case": case, "card": f"{DISTRICT}-000001"}
    assert refused(house, DISTRICT, "link_demand", linked)[0] == "not_found"
    assert figures(house, DISTRICT)["demands"] == (0, None)


def test_s8_s11_a_report_of_a_campaign_bears_its_flag_to_whoever_has_the_case(house: House) -> None:
    case = do(house, VILLAGE, "register", petition(campaign="big_visit"))["case"]
    assert [row.flags for row in house.rows(VILLAGE, IntakeReport)] == [["campaign_big_visit"]]
    shown = house.ask(VILLAGE, "assignment", "get_case", {"case": case})["result"]["case"]
    assert shown["flags"] == ["campaign_big_visit"]


def test_a_card_of_a_campaign_gives_its_campaign_to_the_report(house: House) -> None:
    do(house, VILLAGE, "print_cards", {**PRINT, "campaign": "big_visit"})
    do(house, VILLAGE, "issue_cards", {**AT, "serials": [FIRST]})
    do(house, VILLAGE, "register", petition(channel="contact_card", card=FIRST))
    assert [row.flags for row in house.rows(VILLAGE, IntakeReport)] == [["campaign_big_visit"]]


def test_of_a_recalled_case_stays_that_a_demand_was_collected(house: House) -> None:
    do(house, VILLAGE, "print_cards", PRINT)
    do(house, VILLAGE, "issue_cards", {**AT, "serials": [FIRST]})
    case = do(house, VILLAGE, "register", petition(channel="contact_card", card=FIRST))["case"]
    house.say(TOWN, "intake", Tell(VILLAGE, "intake", "case_recalled", case, {"term": {"override": 1, "n": 2}}))
    house.post()
    assert [(row.case, row.of) for row in house.rows(VILLAGE, IntakeDemand)] == [("", FIRST)]
    assert ask(house, VILLAGE, "card", {"serial": FIRST})["demands"] == []
    assert figures(house, VILLAGE)["demands"] == (1, None)
    assert [row["number"] for row in ledger(house, VILLAGE, "demands")] == [""]


class Desk:
    """An office's cards in memory, as the rules see them."""

    def __init__(self) -> None:
        self.batches: list[Batch] = []
        self.cards: dict[str, Card] = {}
        self.given: list[str] = []

    def find(self, serial: str) -> tuple[Batch | None, Card | None]:
        number = rules.number_of(serial, TOWN)
        of = (each for each in self.batches if number is not None and each.first <= number <= each.last)
        return next(of, None), self.cards.get(serial)

    def act(self, what: str, numbers: list[int], at: datetime) -> None:
        serials = [rules.serial_of(TOWN, number) for number in numbers]
        found = {serial: self.find(serial) for serial in serials}
        if what in ("card", "slip"):
            last = self.batches[-1].last if self.batches else 0
            cmd = {"kind": what, "count": len(numbers), "contact": "王", "phone": "029", "campaign": ""}
            self.batches.append(rules.print_cards(f"{len(self.batches)}", last, cmd, here(now=at)).state)
        elif what == "issue":
            cmd = {"serials": serials, "to": "household", "place": "三组", "at": None, "campaign": ""}
            self._keep(rules.issue(found, cmd, here(now=at)).state)
        elif what == "bind":
            cmd = {"serial": serials[0], "handed_at": at, "to": "household", "place": "三组"}
            self._keep((rules.bind(found[serials[0]], at, cmd, here(now=at)).state,))
        else:
            for card in rules.void(found, {"serials": serials, "reason": "丢失"}, here(now=at)).state:
                self.cards[card.serial] = card

    def _keep(self, cards: tuple[Card, ...]) -> None:
        for card in cards:
            self.cards[card.serial] = card
            self.given.append(card.serial)


ACTS = st.tuples(
    st.sampled_from(["card", "slip", "issue", "bind", "void"]), st.lists(st.integers(1, 12), min_size=1, max_size=4)
)


@settings(max_examples=200, deadline=None)
@given(acts=st.lists(ACTS, max_size=25))
def test_no_serial_is_given_out_twice_and_none_outside_its_batch(acts: list[tuple[str, list[int]]]) -> None:
    desk = Desk()
    for step, (what, numbers) in enumerate(acts):
        before = dict(desk.cards)
        taken = True
        try:
            desk.act(what, numbers, NOW + timedelta(minutes=step))
        except Refused:
            taken = False
        assert taken or desk.cards == before
    printed = {rules.serial_of(TOWN, n): batch for batch in desk.batches for n in range(batch.first, batch.last + 1)}
    assert len(printed) == sum(batch.printed for batch in desk.batches), "no two batches share a serial"
    assert len(desk.given) == len(set(desk.given)), "given out once"
    assert set(desk.cards) <= set(printed)
    for serial, card in desk.cards.items():
        assert card.batch == printed[serial].batch
        assert card.state != "bound" or printed[serial].kind == "slip"
        assert card.state != "issued" or printed[serial].kind == "card"


def test_serials_end_at_six_digits() -> None:
    cmd = {"kind": "card", "count": 2, "contact": "王", "phone": "029", "campaign": ""}
    assert rules.print_cards("b", 999_997, cmd, here()).state.last == 999_999
    with pytest.raises(Refused, match="用完") as error:
        rules.print_cards("b", 999_998, cmd, here())
    assert error.value.fields == {"count": ["最多还能印1张"]}
