"""The folder for a leader: what the services have of his cases, on two A4 pages whatever there is of it (S54)."""

import re
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from contracts.policy import Policy
from contracts.veils import veil
from gateway.desk.app import desk_app
from gateway.desk.asking import Desk
from gateway.desk.folder import cutting
from gateway.desk.folder.pages import CHARS, HEAD, LAW, LINES, Known, folder
from network import veils
from tests.gateway.desk.conftest import PASSWORD, TOWN, VILLAGE, FakeLinks
from tests.services.house import SYSTEM, House
from tests.services.intake.outreach import do, opened, petition

GO_DOWN = "cd" * 16
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
browser = pytest.mark.skipif(BROWSER is None, reason="no browser here (setup.sh says so)")
LONG = "去年修路时排水渠被填,一下雨水就灌进院子,找组长三次没人管,要求清淤并恢复原状。" * 60
LATIN = "WiFi password MMMMWWWW https://example.cn/?a=1&b=2 " * 80


def case_of(number: int, text: str = "水渠塌了", **other: Any) -> dict[str, Any]:
    """A case as ``get_case`` answers it."""
    head = {"category": "C03", "place": VILLAGE, "entered_at": "2026-03-02T09:00:00+08:00", "head_count": 23}
    where = {"status": "accepted", "holder": TOWN, "performance": "", "perform_by": None, "text": text}
    note, times = other.pop("note", "已联系施工队"), other.pop("times", 1)
    notes = [{"at": f"2026-03-{day:02}T10:00:00+08:00", "office": TOWN, "text": note} for day in range(3, 3 + times)]
    beside = {"opinions": [], "offers": [], "visits": [], "call_backs": [], "sayings": [], "notes": notes}
    return {"case": {"case": f"{number:032x}", **head, **where, **other}, **beside}


def clock(**other: Any) -> dict[str, Any]:
    return {"kind": "K5", "state": "running", "due": "2026-05-01T23:59:59+08:00", "lateness": "none", **other}


def promise(**other: Any) -> dict[str, Any]:
    return {"name": "周远", "due": "2026-04-30", "what": "清淤", "state": "open", **other}


def plan(*cases: int) -> dict[str, Any]:
    lines = [{"case": f"{each:032x}", "number": f"{TOWN}-2026-{each:05}"} for each in cases]
    about = {"leader_name": "周远", "day": "2026-05-09", "place": "梨湾村村口大槐树下"}
    return {"go_down": GO_DOWN, **about, "cases": lines}


def answered(links: FakeLinks, number: int, **case: Any) -> None:
    """So many cases go along, each with everything that there can be of it."""
    links.answers["intake.go_down"] = plan(*range(1, number + 1))
    links.answers["assignment.get_case"] = lambda payload: case_of(int(payload["data"]["case"], 16), **case)
    links.answers["supervision.clocks"] = {"clocks": [clock(), clock(kind="K26", lateness="overdue")]}
    links.answers["intake.promises"] = {"promises": [promise(what=case.get("text", "清淤"))], "next": ""}


def page(clerk: FlaskClient) -> str:
    answer = clerk.get(f"/api/v1/go-downs/{GO_DOWN}/folder")
    assert (answer.status_code, answer.content_type) == (200, "text/html; charset=utf-8")
    return answer.get_data(as_text=True)


def printed_pages(html: str, into: Path) -> int:
    """How many pages a browser prints."""
    source, target = into / "folder.html", into / "folder.pdf"
    source.write_text(html, encoding="utf-8")
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={into / 'profile'}",
    ]
    command = [str(BROWSER), *flags, f"--print-to-pdf={target}", source.as_uri()]
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", target.read_bytes()))


def test_what_the_services_have_of_a_case_stands_in_the_folder(clerk: FlaskClient, links: FakeLinks) -> None:
    answered(links, 1, performance="promised", perform_by="2026-06-30T23:59:59+08:00")
    html = page(clerk)
    for words in (
        "带案下访工作卷", "周远 2026-05-09 梨湾村村口大槐树下", "610402901-2026-00001 城乡建设", "26.3.2收", "23人", "办理中",
        "水渠塌了", "26.3.3", "已联系施工队", "26.5.1前 办理并出具处理意见(信访工作条例第34条)", "已逾期26.5.1前 履行听证协议",
        "周远 26.4.30前 清淤",
        "处理意见 26.6.30前履行(待履行)", "第三十四条", "城乡建设:先补偿、后搬迁", "□当场化解",
    ):  # fmt: skip
        assert words in html, words
    asked = {(name, payload["data"].get("case", "")) for _, name, payload in links.calls if name != "intake.go_down"}
    assert asked == {(name, f"{1:032x}") for name in ("assignment.get_case", "supervision.clocks", "intake.promises")}


def test_a_case_below_of_which_the_office_has_no_file_stands_with_its_number(
    clerk: FlaskClient, links: FakeLinks
) -> None:
    answered(links, 2)
    links.answers["assignment.get_case"] = {"code": "not_found"}
    links.answers["supervision.clocks"] = {"code": "not_found"}
    links.answers["intake.promises"] = {"promises": [promise(state="kept")], "next": ""}
    html = page(clerk)
    assert "2. 610402901-2026-00002<" in html
    assert html.count("本单位没有卷宗") == 2
    assert html.count("没有运行中的期限") == 2
    assert html.count("没有未兑现的承诺") == 2


def test_what_the_office_refuses_is_told(clerk: FlaskClient, links: FakeLinks) -> None:
    links.answers["intake.go_down"] = {"code": "not_found"}
    assert clerk.get(f"/api/v1/go-downs/{GO_DOWN}/folder").status_code == 404
    answered(links, 1)
    links.answers["assignment.get_case"] = {"code": "busy"}
    assert clerk.get(f"/api/v1/go-downs/{GO_DOWN}/folder").status_code == 503


def test_the_page_stands_alone_runs_nothing_and_takes_its_words_for_words(clerk: FlaskClient, links: FakeLinks) -> None:
    answered(links, 1, text="<script>alert(1)</script>")
    answer = clerk.get(f"/api/v1/go-downs/{GO_DOWN}/folder")
    html = answer.get_data(as_text=True)
    assert "&lt;script&gt;alert(1)" in html
    assert "<script" not in html
    assert "href=" not in html
    assert "src=" not in html
    policy = answer.headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "style-src 'self'" in clerk.get("/api/v1/me").headers["Content-Security-Policy"], (
        "only this page has its own"
    )


def log_in(desk: Desk) -> FlaskClient:
    client = desk_app(desk).test_client()
    given = {"office": TOWN, "user": "clerk", "password": PASSWORD}
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {client.post('/api/v1/login', json=given).json['token']}"
    return client


class HouseLinks:
    """The services themselves, asked without a broker."""

    def __init__(self, house: House) -> None:
        self.house = house

    def call(self, office: str, service: str, method: str, payload: Mapping[str, Any]) -> Any:
        return getattr(self.house.services[service].of(self.house.offices[office]), method)(dict(payload))


def test_the_services_themselves_give_what_the_folder_is_made_of(desk: Desk, tmp_path: Path) -> None:
    house = opened(tmp_path)
    client = log_in(replace(desk, links=HouseLinks(house)))  # type: ignore[arg-type]
    cases = [do(house, TOWN, "register", petition(text=f"第{each}件事"))["case"] for each in range(3)]
    own, hidden = cases[0], cases[1]
    house.command(TOWN, "assignment", "accept", {"case": own})
    house.command(TOWN, "assignment", "note", {"case": own, "text": "已约施工队"})
    promised = {"source": "visit", "case": own, "by": "gb-001", "name": "周远", "what": "清淤", "due": "2026-05-20"}
    do(house, TOWN, "make_promise", promised)
    below = do(house, VILLAGE, "register", petition(text="村里的事"))["case"]
    about = {"leader": "gb-001", "leader_name": "周远", "day": "2026-05-09", "place": "村口"}
    made = do(house, TOWN, "plan_go_down", {**about, "cases": [*cases, below]})
    with house.offices[TOWN].uow("intake", SYSTEM) as uow:
        veils.keep(uow.session, hidden, (veil(hidden, "gb-001"),))
    answer = client.get(f"/api/v1/go-downs/{made['go_down']}/folder")
    html = answer.get_data(as_text=True)
    assert answer.status_code == 200, html
    for words in (
        "周远 2026-05-09 村口",
        "第0件事",
        "办理中",
        "已约施工队",
        "信访工作条例第34条",
        "周远 26.5.20前 清淤",
        f"{VILLAGE}-2026-00001",
    ):
        assert words in html, words
    assert "第2件事" in html
    assert "第1件事" not in html, "the leader is recused from it"
    assert html.count('<article class="case">') == 3


@browser
@pytest.mark.parametrize(("cases", "text"), [
    (0, LONG), (1, LONG), (2, LONG), (5, LONG), (12, LONG), (12, LATIN), (5, "甲\n" * 900),
], ids=["none", "one", "two", "five", "twelve", "latin", "lines"])  # fmt: skip
def test_a_browser_prints_two_pages_at_most(
    clerk: FlaskClient, links: FakeLinks, tmp_path: Path, cases: int, text: str
) -> None:
    answered(links, cases, text=text, note=text, times=20)
    html = page(clerk)
    assert printed_pages(html, tmp_path) == (2 if cases > 1 else 1)
    assert html.count('<article class="case">') == cases
    if cases:
        assert html.count("…") >= cases * 2, "what was cut says so"
        assert "第三十四条" in html


@pytest.mark.parametrize("cases", range(13))
def test_lines_are_given_out_so_that_both_pages_hold_them(policy: Policy, cases: int) -> None:
    known = [Known(f"n{each}", case_of(each, text=LONG, note=LONG, times=20), [clock()] * 9, [promise(what=LONG)] * 9)
             for each in range(cases)]  # fmt: skip
    made = folder(known, policy, {}, date(2026, 5, 8))
    assert sum(map(len, made.pages)) == cases
    assert len(made.pages) == (2 if cases > 1 else 1)
    for place, entries in enumerate(made.pages):
        said = [(each.text, each.story, each.promises, each.clocks) for each in entries]
        taken = sum(sum(map(lines_of, texts)) + 2 for texts in said)
        head, law = HEAD if place == 0 else 0, LAW if place == len(made.pages) - 1 else 0
        assert taken + head + law <= LINES
        for each in entries:
            assert lines_of(each.head) == 1
            assert each.story.startswith("…"), "the latest stays"


def lines_of(text: str) -> int:
    return -(-(cutting.width(text) + 3 * cutting.FULL) // (CHARS * cutting.FULL))


@given(text=st.text(max_size=300), most=st.integers(2, 60))
def test_what_is_cut_fits_and_begins_as_it_did(text: str, most: int) -> None:
    said = cutting.cut(text, most)
    assert cutting.width(said) <= most * cutting.FULL
    assert "\n" not in said
    if said != cutting.plain(text):
        assert said.endswith("…")
        assert cutting.plain(text).startswith(said[:-1])


@given(parts=st.lists(st.text(min_size=1, max_size=30), max_size=12), most=st.integers(3, 60))
def test_a_story_keeps_its_end(parts: list[str], most: int) -> None:
    said = cutting.latest(parts, most)
    whole = [cutting.plain(part) for part in parts if part.strip()]
    assert cutting.width(said) <= most * cutting.FULL
    if whole and cutting.width("…" + whole[-1]) <= most * cutting.FULL:
        assert said.endswith(whole[-1])
    if cutting.width(";".join(whole)) <= (most - 1) * cutting.FULL:
        assert said == ";".join(whole)
