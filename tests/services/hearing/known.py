"""Cases, opinions and commands that the tests of hearing share."""

from datetime import datetime, timedelta
from typing import Any

from contracts.calendar import SHANGHAI
from contracts.context import Here
from contracts.policy import Policy
from network.offices import District
from services.hearing.cases.rules import HearingCase, Opinion
from tests.services.house import DISTRICT, TOWN, VILLAGE, demo_policy, demo_tree, here_at

TREE, POLICY = demo_tree(), demo_policy()
MON = datetime(2026, 3, 2, 9, tzinfo=SHANGHAI)
SERVED = MON + timedelta(days=40)
UNTIL = POLICY.due("K7", SERVED).at
SECOND = timedelta(seconds=1)
CASE_ID = "c" * 32
RECEIPT = "a" * 64

CASE = HearingCase(
    case_id=CASE_ID,
    number=f"{VILLAGE}-2026-00001",
    receipt_hash=RECEIPT,
    desk="petition",
    category="C03",
    place="",
    entry_office=VILLAGE,
    entered_at=MON,
    status="concluded",
    holder=TOWN,
    override=0,
    n=1,
    excluded=(),
)
OPINION = Opinion(CASE_ID, "槐川镇意〔2026〕1号", "support", SERVED, UNTIL, DISTRICT)

ASK = {"case": CASE_ID, "points": "补偿面积有误", "requested_at": None, "waiver": "", "body": ""}
DECIDE = {"case": CASE_ID, "outcome": "uphold", "facts": "经复查", "opinion": "维持原意见", "basis": "信访工作条例"}
PANEL = [
    {"name": "甲", "role": "host"},
    {"name": "乙", "role": "recorder"},
    {"name": "丙", "role": "deputy"},
    {"name": "丁", "role": "petition_office"},
    {"name": "戊", "role": "petitioner"},
    {"name": "己", "role": "other_party"},
]
HEAR: dict[str, Any] = {
    "case": CASE_ID,
    "form": "face_to_face",
    "place": "镇会议室",
    "panel": PANEL,
    "for_level": "handling",
    "investigation_report": "调查报告1号",
    "report_text": "经查,补偿面积属实",
    "public_notice": "",
    "absences": "",
    "further": [],
}
ASKED = [{"name": seat["name"], "asks": False} for seat in PANEL]
SIGNED = [{"name": seat["name"], "signed": True} for seat in PANEL]
STANDARD = [{"point": "事实清楚", "met": True}, {"point": "政策依据充分", "met": True}]


def served(opinion_no: str = OPINION.opinion_no, at: datetime = SERVED, **changes: Any) -> dict[str, Any]:
    """The data of ``opinion_served``."""
    return {
        "number": CASE.number,
        "receipt_hash": RECEIPT,
        "entry_office": VILLAGE,
        "entered_at": MON,
        "desk": "petition",
        "category": "C03",
        "opinion_no": opinion_no,
        "verdict": "support",
        "served_at": at,
        "review_until": POLICY.due("K7", at).at,
        "review_office": DISTRICT,
        "holder": TOWN,
        "term": {"override": 0, "n": 1},
        **changes,
    }


def leader_at(office: str, now: datetime, tree: District, policy: Policy) -> Here:
    """Where and when a leader decides: opinions of review are leaders' acts."""
    return here_at(office, now, tree, policy, roles=("clerk", "leader"))
