"""kill -9 at every point where a letter could be lost or done twice, for each service; and a broker killed under load."""

import secrets
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from amqp.exceptions import AMQPError
from sqlalchemy import func, select

from gateway.desk.rpc import RpcError
from network.tables import InboxRow, JournalRow, OutboxRow
from shangda.pg import PrivatePostgres
from shangda.stage import NodeProcess, Stage, StageError
from tests.system.reports import DISTRICT, TOWN, VILLAGE, inbox, ledger, outbox, report

SERVICES = ("intake", "assignment", "supervision", "hearing")
POINTS = [(point, service) for point in ("after_commit", "before_mark", "after_effect") for service in SERVICES]
LOST = (RpcError, AMQPError, OSError)


class Journey:
    """One case from a village's desk to a review at the district, each command repeated until it is answered."""

    def __init__(self, stage: Stage, crash: str) -> None:
        self.stage = stage
        self.crash = crash
        self.mark = stage.home / f"mark-{secrets.token_hex(4)}"
        self.node: NodeProcess | None = None
        stage.rpc_seconds = 3
        self.start()

    def start(self) -> None:
        self.stage.close_links()
        where = {"SHANGDA_CRASH": self.crash, "SHANGDA_CRASH_MARK": str(self.mark)}
        self.node = self.stage.node(VILLAGE, TOWN, DISTRICT, wait=False, **where)
        try:
            self.node.wait_ready()
        except StageError:
            assert self.mark.exists()  # it died of the crash point while it started
            self.node = self.stage.node(VILLAGE, TOWN, DISTRICT)

    def revive(self) -> None:
        if self.node is not None and self.node.process.poll() is not None:
            assert self.node.process.returncode == -9, self.node.log.read_text()[-2000:]
            self.start()

    def act(self, office: str, act: str, data: dict[str, Any]) -> Any:
        command_id = secrets.token_hex(16)

        def once() -> Any:
            self.revive()
            try:
                answer = self.stage.answer(office, act, data, command_id=command_id)
            except LOST:
                self.stage.close_links()
                return None
            return answer["result"] or True if answer["ok"] else None

        return self.stage.until(f"{office} {act}", once, 60)

    def run(self, kill_before_signature: bool = False) -> dict[str, Any]:
        """The whole way; the case as it was registered."""
        case: dict[str, Any] = self.act(VILLAGE, "intake.register", report())
        of = {"case": case["case"]}
        self.act(VILLAGE, "assignment.offer", {**of, "to": TOWN, "kind": "hand_over", "report_back_days": 20})
        if kill_before_signature:
            assert self.node
            self.node.kill()
        self.act(TOWN, "assignment.sign_for", of)
        self.act(TOWN, "assignment.accept", of)
        self.stage.until("the district knows the holder", lambda: self.holder_above(case["number"]) == TOWN, 60)
        self.act(
            DISTRICT,
            "supervision.order",
            {**of, "kind": "guidance", "demand": "请指导", "due": "2099-01-04T18:00:00+08:00"},
        )
        self.act(
            TOWN,
            "assignment.draft_opinion",
            {
                **of,
                "verdict": "support",
                "facts": "属实",
                "opinion": "清渠",
                "basis": "条例",
                "no_visit_reason": "材料齐全",
            },
        )
        self.act(TOWN, "assignment.issue_opinion", of)
        self.act(TOWN, "assignment.serve", {**of, "way": "direct"})
        self.act(DISTRICT, "hearing.request_review", {**of, "points": "渠还没有清"})
        self.settle()
        return case

    def settle(self) -> None:
        """Wait until no letter moves any more; else say which ones stand where."""
        try:
            self.stage.until("all post is acknowledged", self.is_quiet, 120)
        except StageError as error:
            raise StageError(f"{error}; on their way: {self.moving()}") from None

    def moving(self) -> list[tuple[str, ...]]:
        """The letters that are neither applied nor given up, as (office, in or out, state, peer, service, number, type)."""
        found = []
        for office in (VILLAGE, TOWN, DISTRICT):
            rows_in = [
                row for state in ("retry", "blocked", "waiting") for row in inbox(self.stage, office, state=state)
            ]
            rows_out = [row for row in outbox(self.stage, office) if row.state != "acked" and row.office != "portal"]
            for way, rows in (("in", rows_in), ("out", rows_out)):
                found += [
                    (office, way, row.state, row.office, row.service, str(row.seq), row.type, row.reason)
                    for row in rows
                ]
        return found

    def holder_above(self, number: str) -> str:
        """Who holds the case by the district's ledger, "" while nobody answers."""
        self.revive()
        try:
            lines = ledger(self.stage, DISTRICT)
        except LOST:
            self.stage.close_links()
            return ""
        return next((line["holder"] for line in lines if line["number"] == number), "")

    def is_quiet(self) -> bool:
        self.revive()
        return not self.moving()

    def check(self, case: dict[str, Any]) -> None:
        """Nothing lost, nothing twice, one holder."""
        stage, number = self.stage, case["number"]
        for office in (VILLAGE, TOWN, DISTRICT):
            assert not [
                row.reason
                for state in ("parked", "retry", "blocked", "waiting")
                for row in inbox(stage, office, state=state)
            ]
            assert_streams_whole(stage, office)
            assert [line["number"] for line in ledger(stage, office)].count(number) == 1
        holders = {
            office: stage.see(office, "assignment.get_case", {"case": case["case"]})["case"]["holder"]
            for office in (VILLAGE, TOWN)
        }
        assert holders == {VILLAGE: TOWN, TOWN: TOWN}
        notes = journal(stage, TOWN, case["case"])
        assert [notes.count(act) for act in ("signed", "accepted", "opinion_issued", "served")] == [1, 1, 1, 1], notes
        orders = [
            order
            for order in stage.see(TOWN, "supervision.orders", {"desk": "petition"})["orders"]
            if order["case"] == case["case"]
        ]
        assert len(orders) == 1
        reviews = [
            review for review in stage.see(DISTRICT, "hearing.reviews")["reviews"] if review["case"] == case["case"]
        ]
        assert len(reviews) == 1


def journal(stage: Stage, office: str, case: str) -> list[str]:
    with stage.office(office).reading() as session:
        return list(
            session.scalars(select(JournalRow.action).where(JournalRow.case_id == case).order_by(JournalRow.seq))
        )


def assert_streams_whole(stage: Stage, office: str) -> None:
    """Every letter that was sent to an office of the journey stands in its inbox once, under its number."""
    for peer in (VILLAGE, TOWN, DISTRICT):
        with stage.office(peer).reading() as session:
            got = select(InboxRow.service, InboxRow.seq, InboxRow.id).where(
                InboxRow.office == office, InboxRow.state == "applied"
            )
            received = sorted(tuple(row) for row in session.execute(got))
        with stage.office(office).reading() as session:
            sent_rows = select(OutboxRow.service, OutboxRow.seq, OutboxRow.id).where(OutboxRow.office == peer)
            sent = sorted(tuple(row) for row in session.execute(sent_rows))
            count = session.scalar(select(func.count()).select_from(OutboxRow).where(OutboxRow.office == peer))
        assert received == sent
        assert len(sent) == count


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("point", "service"), POINTS)
def test_kill_at_every_point_for_each_service(stage: Stage, point: str, service: str) -> None:
    journey = Journey(stage, f"{point}:{service}")
    case = journey.run()
    assert journey.mark.exists(), "the point was not passed"
    journey.check(case)
    assert journey.node
    journey.node.kill()


@pytest.mark.timeout(240)
def test_kill_between_offer_and_signature(stage: Stage) -> None:
    journey = Journey(stage, "")
    journey.check(journey.run(kill_before_signature=True))
    assert journey.node
    journey.node.kill()


def kill_and_start(stage: Stage) -> None:
    time.sleep(2)
    stage.broker.kill()
    time.sleep(2)
    stage.broker.start()


@pytest.mark.timeout(240)
def test_a_broker_killed_under_load_loses_and_doubles_nothing(stage: Stage) -> None:
    journey = Journey(stage, "")
    before = len(ledger(stage, DISTRICT))
    killer = threading.Thread(target=kill_and_start, args=(stage,))
    killer.start()
    numbers = [journey.act(VILLAGE, "intake.register", report(f"第{n}件"))["number"] for n in range(40)]
    killer.join()
    journey.settle()
    assert len(set(numbers)) == len(numbers)
    assert len(ledger(stage, DISTRICT)) == before + len(numbers)
    for office in (VILLAGE, TOWN, DISTRICT):
        assert_streams_whole(stage, office)


@pytest.fixture(scope="module")
def postgres_stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    folder = Path(tmp_path_factory.mktemp("pg-stage"))
    with PrivatePostgres(fsync=False) as server, Stage(folder, database_url=server.create("shangda")) as stage:
        yield stage


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    "crash", ["after_commit:assignment", "before_mark:intake", "after_effect:supervision", "signature"]
)
def test_on_postgresql_one_kill_of_each_kind(postgres_stage: Stage, crash: str) -> None:
    journey = Journey(postgres_stage, crash)
    journey.check(journey.run(kill_before_signature=crash == "signature"))
    assert crash == "signature" or journey.mark.exists()
    assert journey.node
    journey.node.kill()
