"""The operator's commands on the databases of a small district; no broker is needed to look or to decide."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import delete, select

from contracts.context import Actor
from contracts.letters import Tell, routing_key
from gateway.desk.accounts import load_accounts, password_fits
from network.hosting import database_file, open_offices
from network.inbox import deliver, park_raw
from network.journal import canonical
from network.office import OfficeRuntime
from network.settings import load
from network.tables import InboxRow, OutboxRow
from services.assignment.service import AssignmentService
from services.intake.models import IntakeCounter, IntakeCustody
from shangda.cli import COMMANDS, main
from shangda.install import install
from shangda.pg import PrivatePostgres
from shangda.ports import free_port
from tests.shangda.small import DISTRICT, PORTAL, TOWN, VILLAGE, environment

CASE = "a" * 32
Cli = Callable[..., Result]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("installed")
    install(load(environment(folder)), lambda _: None, quick=True)
    return folder


@pytest.fixture
def home(installed: Path, tmp_path: Path) -> Path:
    shutil.copytree(installed, tmp_path, dirs_exist_ok=True)
    return tmp_path


@pytest.fixture
def cli(home: Path) -> Cli:
    def call(*arguments: str, status: int = 0) -> Result:
        result = CliRunner().invoke(main, arguments, env=environment(home), catch_exceptions=False)
        assert result.exit_code == status, result.output
        return result

    return call


@pytest.fixture
def offices(home: Path) -> dict[str, OfficeRuntime]:
    return open_offices(load(environment(home)))


def custody(office: OfficeRuntime, why: str = "来访") -> None:
    """A little work with a journal line, told to the district."""
    with office.uow("intake", Actor("clerk", office.id)) as uow:
        row = IntakeCustody(case=CASE, receipt_hash="b" * 64, at=uow.now, recipient=f"{DISTRICT}/discipline")
        uow.session.add_all([row, IntakeCounter(series="x", year=2026, last=1)])
        uow.note("custody", CASE, why)
        uow.tell(Tell(DISTRICT, "intake", "rating_given", CASE, rating(uow.now.isoformat())))


def rating(at: str) -> dict[str, object]:
    return {"receipt_hash": "b" * 64, "entry_office": "", "at": at, "rating": "satisfied"}


def post(sender: OfficeRuntime, receiver: OfficeRuntime) -> None:
    """What the broker would do, without a handler: the letter arrives and is parked as of an unknown type."""
    with sender.reading() as session:
        rows = session.scalars(select(OutboxRow).where(OutboxRow.state == "pending")).all()
    for row in rows:
        key = routing_key(sender.id, receiver.id, row.service, row.type)
        deliver(receiver, row.service, {}, canonical(row.body), key)


def test_every_command_explains_itself(cli: Cli) -> None:
    listed = cli("--help").output
    for command in COMMANDS:
        assert command in listed
        if command != "node":
            assert cli(command, "--help").output.startswith("Usage")


def test_an_untouched_network_passes_the_audit(cli: Cli, offices: dict[str, OfficeRuntime]) -> None:
    custody(offices[VILLAGE])
    post(offices[VILLAGE], offices[DISTRICT])
    assert json.loads(cli("audit", "--json").output) == {"audited": 4, "unasked": [], "findings": []}
    assert "发现 0 处问题" in cli("audit").output


def test_audit_names_a_deleted_row_by_table_and_case_and_ends_with_1(
    cli: Cli, home: Path, offices: dict[str, OfficeRuntime]
) -> None:
    custody(offices[VILLAGE])
    with sqlite3.connect(home / "data" / "offices" / f"{VILLAGE}.db") as connection:
        connection.execute("DELETE FROM intake_custody")
    (found,) = json.loads(cli("audit", "--json", status=1).output)["findings"]
    assert (found["office"], found["what"], found["table"], found["case"]) == (
        VILLAGE,
        "deleted",
        "intake_custody",
        CASE,
    )
    assert "intake_custody" in cli("audit", "--office", VILLAGE, status=1).output
    cli("audit", "--office", TOWN)
    cli("audit", "--office", "610402999", status=1)


def test_audit_holds_a_journal_against_the_heads_kept_above(
    cli: Cli, home: Path, offices: dict[str, OfficeRuntime]
) -> None:
    custody(offices[VILLAGE])
    post(offices[VILLAGE], offices[DISTRICT])
    with sqlite3.connect(home / "data" / "offices" / f"{DISTRICT}.db") as connection:
        connection.execute("UPDATE net_head SET hash = ?", ("0" * 64,))
    (found,) = json.loads(cli("audit", "--json", status=1).output)["findings"]
    assert (found["office"], found["what"]) == (VILLAGE, "rewritten")


def test_an_office_elsewhere_is_asked_by_letter_and_its_silence_is_a_finding(
    cli: Cli, home: Path, offices: dict[str, OfficeRuntime]
) -> None:
    (home / "data" / "offices" / f"{VILLAGE}.db").rename(home / "elsewhere.db")
    (found,) = json.loads(cli("audit", "--json", "--wait", "0.1", status=1).output)["findings"]
    assert (found["office"], found["what"], found["grave"]) == (VILLAGE, "silent", True)
    with offices[DISTRICT].reading() as session:
        asked = session.scalars(select(OutboxRow).where(OutboxRow.type == "audit_requested")).one()
    assert (asked.office, asked.service) == (VILLAGE, "supervision")


def test_parked_letters_are_listed_shown_tried_again_and_given_up(cli: Cli, offices: dict[str, OfficeRuntime]) -> None:
    custody(offices[VILLAGE])
    post(offices[VILLAGE], offices[DISTRICT])
    (letter,) = json.loads(cli("parked", "list", "--json").output)
    assert (letter["office"], letter["peer"], letter["state"]) == (DISTRICT, VILLAGE, "parked")
    assert letter["id"] in cli("parked", "list").output
    assert "rating" in json.loads(cli("parked", "show", letter["id"], "--json").output)["fields"]
    cli("parked", "retry", letter["id"])
    with offices[DISTRICT].reading() as session:
        assert session.get_one(InboxRow, letter["id"]).state == "retry"
    cli("parked", "discard", letter["id"], status=2)
    cli("parked", "discard", letter["id"], "--why", "重复")
    assert json.loads(cli("parked", "list", "--json").output) == []
    assert "Error" in cli("parked", "show", "0" * 32, status=1).output
    assert json.loads(cli("audit", "--json").output)["findings"] == []


def test_a_message_nobody_can_read_is_refused_a_retry(cli: Cli, offices: dict[str, OfficeRuntime]) -> None:
    park_raw(offices[TOWN], "intake", b"\xff", "无法读取")
    (letter,) = json.loads(cli("parked", "list", "--json").output)
    assert "不能重试" in cli("parked", "retry", letter["id"], status=1).output


def test_post_shows_every_stream(cli: Cli, offices: dict[str, OfficeRuntime]) -> None:
    custody(offices[VILLAGE])
    (stream,) = json.loads(cli("post", "--json").output)["out"]
    assert (stream["office"], stream["to"], stream["waiting"], stream["unacknowledged"]) == (VILLAGE, DISTRICT, 1, 1)
    assert stream["oldest_seconds"] >= 0
    assert VILLAGE in cli("post").output


def test_topology_is_written_privately_and_says_what_left(cli: Cli, home: Path) -> None:
    path = home / "data" / "definitions.json"
    assert "无变化" in cli("topology").output
    assert path.stat().st_mode & 0o777 == 0o600
    path.with_suffix(".applied.json").write_bytes(path.read_bytes())
    only = cli("topology", "--office", VILLAGE, "--no-network").output
    assert "将移除(用 --apply) vhost network.610402" in only
    assert {vhost["name"] for vhost in json.loads(path.read_text())["vhosts"]} == {VILLAGE}


def test_offices_are_listed_and_imported(cli: Cli, home: Path) -> None:
    rows = {row["id"]: row for row in json.loads(cli("offices", "list", "--json").output)}
    assert rows[VILLAGE]["managed_by"] == TOWN
    assert rows[PORTAL]["in_network"]
    source = home / "list.csv"
    source.write_text(
        "610402000000,秦都区,\n610402901000,槐川镇,\n610402901901,望塬村村委会,220\n610402901903,新村村委会,220\n"
    )
    assert "新增 1" in cli("offices", "import", str(source)).output
    assert "610402901903" in cli("offices", "list").output
    source.write_text("610402000000,秦都区,\n61040290100,槐川镇,\n")
    assert "line 2" in cli("offices", "import", str(source), status=1).output


def test_a_wrong_setting_is_one_sentence(home: Path) -> None:
    result = CliRunner().invoke(main, ["post"], env={**environment(home), "AMQP_URL": "http://x"})
    assert result.exit_code == 1
    assert result.output.startswith("Error: AMQP_URL")


def test_a_broker_that_is_not_there_is_one_sentence(home: Path) -> None:
    words = {**environment(home), "AMQP_URL": "amqp://127.0.0.1:1"}
    ports = [f"--port={free_port()}", f"--desk-port={free_port()}"]
    result = CliRunner().invoke(main, ["run", *ports], env=words)
    assert result.exit_code == 1
    assert "topology --apply" in result.output


def test_on_postgresql_the_audit_reads_the_offices_schemas(tmp_path: Path) -> None:
    with PrivatePostgres(fsync=False) as server:
        words = {**environment(tmp_path), "DATABASE_URL": server.url("postgres")}
        install(load(words), lambda _: None, quick=True)
        offices = open_offices(load(words))
        custody(offices[VILLAGE])
        post(offices[VILLAGE], offices[DISTRICT])
        clean = CliRunner().invoke(main, ["audit", "--json"], env=words)
        assert json.loads(clean.output) == {"audited": 4, "unasked": [], "findings": []}
        with offices[VILLAGE].engine.begin() as connection:
            connection.execute(delete(IntakeCustody))
        (found,) = json.loads(CliRunner().invoke(main, ["audit", "--json"], env=words).output)["findings"]
        assert (found["office"], found["what"], found["case"]) == (VILLAGE, "deleted", CASE)
        offices[VILLAGE].engine.dispose()


def test_accounts_are_added_with_a_drawn_password_listed_without_and_removed(cli: Cli, home: Path) -> None:
    given = ("account", "add", DISTRICT, "bi", "--name", "毕某", "--desk", "discipline", "--role", "leader")
    added = cli(*given, "--role", "area_holder", "--person", "P-7").output
    password = added.split("口令 ")[1].split()[0]
    assert len(password) == 19
    account = load_accounts(load(environment(home)).home)[DISTRICT]["bi"]
    assert password_fits(account, password)
    assert (account.name, account.roles, account.person) == ("毕某", ("leader", "area_holder"), "P-7")
    listed = json.loads(cli("account", "list", "--office", DISTRICT, "--json").output)
    shown = {"office": DISTRICT, "user": "bi", "name": "毕某", "desk": "discipline", "roles": "leader,area_holder"}
    assert {**shown, "person": "P-7"} in listed
    assert {each["office"] for each in listed} == {DISTRICT}
    assert "argon2" not in cli("account", "list").output
    assert "已有账号" in cli(*given, status=1).output
    assert f"已删除 {DISTRICT} bi" in cli("account", "remove", DISTRICT, "bi").output
    assert "bi" not in load_accounts(load(environment(home)).home)[DISTRICT]
    assert "没有账号" in cli("account", "remove", DISTRICT, "bi", status=1).output


def test_whom_recusal_is_to_know_is_in_the_register_of_the_office(
    cli: Cli, home: Path, offices: dict[str, OfficeRuntime]
) -> None:
    add = ("account", "add", DISTRICT)
    assert "还没有干部名册,未能核对 --person gb-404" in cli(*add, "early", "--name", "某", "--person", "gb-404").output
    register(offices[DISTRICT], "gb-011")
    refused = cli(*add, "wrong", "--name", "某", "--person", "gb-404", status=1).output
    assert f"--person:{DISTRICT} 的干部名册中没有编号 gb-404" in refused
    added = cli(*add, "right", "--name", "某", "--person", "gb-011").output
    assert "提示" not in added
    assert "提示" not in cli(*add, "nobody", "--name", "某").output
    assert {"early", "right", "nobody"} <= set(load_accounts(load(environment(home)).home)[DISTRICT])
    assert "wrong" not in load_accounts(load(environment(home)).home)[DISTRICT]
    assert f"{TOWN} 还没有干部名册" in cli("account", "add", TOWN, "x", "--name", "某", "--person", "gb-011").output


def register(district: OfficeRuntime, official: str) -> None:
    """A register of one official, in force at the district."""
    post = {"office": TOWN, "post": "干事", "since": "2023-04-01", "until": None}
    row = {"id": official, "name": "向某", "rank": "town_staff", "managed_by": "town", "posts": [post], "duties": []}
    actor = {"id": "x", "office": DISTRICT, "desk": "discipline", "roles": ["leader"]}
    payload = {"actor": actor, "data": {"version": "1", "officials": [row]}, "command_id": "c" * 32}
    assert AssignmentService.of(district).import_officials(payload)["ok"]  # type: ignore[attr-defined]


def test_of_an_office_elsewhere_the_id_cannot_be_looked_up(cli: Cli, home: Path) -> None:
    database_file(load(environment(home)), TOWN).unlink()
    given = ("account", "add", TOWN, "x", "--name", "某", "--person", "gb-011")
    assert f"{TOWN} 的数据库不在本机,未能核对 --person gb-011" in cli(*given).output


@pytest.mark.parametrize(
    ("office", "more", "said"),
    [
        ("999999", (), "没有机构"),
        (PORTAL, (), "没有机构"),
        (VILLAGE, ("--desk", "discipline"), "没有纪检桌面"),
        (TOWN, ("--person", "石某"), "person"),
    ],
)
def test_an_account_that_cannot_be_is_refused_with_its_field(
    cli: Cli, office: str, more: tuple[str, ...], said: str
) -> None:
    assert said in cli("account", "add", office, "x", "--name", "某", *more, status=1).output
