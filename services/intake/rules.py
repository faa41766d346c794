"""Registering a report, and where what is added to it goes. Pure decisions."""

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Tell
from contracts.telling import DISCIPLINE_CATEGORY, progress
from contracts.words import Desk


@dataclass(frozen=True)
class ReportState:
    """A report as registered (登记): what never changes, but for a recall that empties it."""

    case: str
    number: str
    receipt_hash: str
    desk: str
    entry_office: str
    entered_at: datetime
    registered_at: datetime
    clerk: str
    channel: str
    nature: str
    category: str
    place: str
    text: str | None
    real_name: bool
    contactable: bool
    urgent: bool
    reporter: Mapping[str, Any] | None
    sealed: Mapping[str, Any] | None
    policy_version: str
    recalled: bool = False

    def file(self) -> dict[str, Any]:
        """The case file as ``contracts.events.CaseFileSchema`` has it."""
        own = ("registered_at", "clerk", "recalled")
        return {**{name: value for name, value in vars(self).items() if name not in own}, "supplements": []}

    def wiped(self) -> "ReportState":
        """What stays after a recall: that a number was given, so that the series has no gap."""
        return replace(
            self, text=None, reporter=None, sealed=None, category="", place="", receipt_hash="", recalled=True
        )


@dataclass(frozen=True)
class Custody:
    """A custody line: a report was taken here for a desk elsewhere."""

    case: str
    receipt_hash: str
    at: datetime
    recipient: str


def report_number(office: str, desk: str, year: int, serial: int) -> str:
    """The register number: by office, desk and year, final at entry. Discipline has a series of its own."""
    kind = "J" if desk == Desk.DISCIPLINE else ""
    return f"{office}-{kind}{year}-{serial:05d}"


def notice_number(short_name: str, desk: str, year: int, serial: int) -> str:
    """文号 of a notice: organ short name, kind, year and serial."""
    kind = "纪告" if desk == Desk.DISCIPLINE else "告"
    return f"{short_name}{kind}〔{year}〕{serial}号"


def register(case: str, number: str, cmd: Mapping[str, Any], here: Here) -> Decision[ReportState]:
    """An ordinary petition at this office's petition desk. What belongs to the discipline desk is refused: seal it."""
    if here.actor.desk != Desk.PETITION:
        raise Refused("wrong_desk", "普通信访事项由信访窗口登记")
    if is_discipline(cmd["category"]):
        raise Refused("must_be_sealed", "检举控告须密封登记", {"category": ["须密封登记"]})
    if cmd["reporter"] is not None and f"{here.office}/{Desk.PETITION.value}" not in cmd["reporter"]["keys"]:
        raise Refused("not_sealed_for", "信封不是密封给本机关的", {"reporter": ["没有本机关的密钥"]})
    return _registered(case, number, Desk.PETITION, {**cmd, "sealed": None}, cmd["entered_at"] or here.now, here)


def is_discipline(category: str) -> bool:
    """Whether a category belongs to the discipline desk (C15 纪检监察)."""
    return category.startswith(DISCIPLINE_CATEGORY)


def register_sealed(number: str, cmd: Mapping[str, Any], here: Here) -> Decision[ReportState]:
    """A sealed report whose recipient is the own discipline desk: numbered in the discipline series."""
    filed = {**cmd, "category": DISCIPLINE_CATEGORY, "place": "", "text": None, "reporter": None, "urgent": False}
    _sealed_for(cmd["sealed"], here.office)
    return _registered(cmd["case"], number, Desk.DISCIPLINE, filed, cmd["entered_at"] or here.now, here)


def filed(number: str, case: str, data: Mapping[str, Any], here: Here) -> Decision[ReportState]:
    """A report from the portal, or sealed from an office below: numbered here, which is its entry office."""
    if data["desk"] == Desk.DISCIPLINE:
        _sealed_for(data["sealed"], here.office)
        data = {**data, "category": DISCIPLINE_CATEGORY, "place": "", "text": None, "reporter": None}
    elif data["text"] is None or is_discipline(data["category"]):
        raise Refused("must_be_sealed", "检举控告须密封,普通信访事项须有内容")
    return _registered(case, number, Desk(data["desk"]), data, data["filed_at"], here)


def _sealed_for(envelope: Mapping[str, Any] | None, office: str) -> None:
    if envelope is None or f"{office}/{Desk.DISCIPLINE.value}" not in envelope["keys"]:
        raise Refused("not_sealed_for", "密封件不是密封给本机关纪检窗口的", {"sealed": ["没有本机关的密钥"]})


def _registered(
    case: str, number: str, desk: Desk, given: Mapping[str, Any], entered_at: datetime, here: Here
) -> Decision[ReportState]:
    entered(entered_at, here)
    names = ("receipt_hash", "channel", "nature", "category", "place", "text", "real_name", "contactable", "urgent")
    report = ReportState(
        case=case,
        number=number,
        desk=desk.value,
        entry_office=here.office,
        entered_at=entered_at,
        registered_at=here.now,
        clerk=here.actor.id,
        reporter=given["reporter"],
        sealed=given["sealed"],
        policy_version=here.policy.version,
        **{name: given[name] for name in names},
    )
    case_letter = Tell(here.office, "assignment", "case_registered", case, {"file": report.file()})
    return Decision(report, (case_letter, progress(report, "registered", here)), "registered", data={"number": number})


def entered(at: datetime, here: Here) -> None:
    """A report is entered when it came, not later than now."""
    if at > here.now:
        raise Refused("in_future", "登记时间不能晚于现在", {"entered_at": ["晚于现在"]})


def keeps_custody(cmd: Mapping[str, Any], here: Here, bodies: Container[str]) -> Decision[Custody]:
    """A sealed report for a desk elsewhere: sent there as it is, and only a custody line stays (R14; JK art. 15).

    For a body outside the network nothing was sealed and nothing is sent: the paper goes its own way.
    """
    entered_at = cmd["entered_at"] or here.now
    entered(entered_at, here)
    recipient = f"{cmd['recipient_office']}/{cmd['recipient_desk']}"
    line = Custody(cmd["case"], cmd["receipt_hash"], entered_at, recipient)
    if cmd["recipient_office"] in bodies:
        if cmd["sealed"] is not None:
            raise Refused("outside", "系统外机关受理的举报不得录入内容", {"sealed": ["应为空"]})
        return Decision(line, (), "custody")
    _may_receive(cmd, here)
    return Decision(line, (_sent_up(cmd, entered_at),), "custody")


def _may_receive(cmd: Mapping[str, Any], here: Here) -> None:
    """The recipient is the discipline desk of an office above, and the envelope opens there."""
    above = [office.id for office in here.tree.ancestors(here.office)]
    if cmd["recipient_desk"] != Desk.DISCIPLINE:
        raise Refused("wrong_desk", "密封件只能送纪检窗口", {"recipient_desk": ["应为纪检"]})
    if cmd["recipient_office"] not in above:
        raise Refused("no_route", "密封件只能送上级机关", {"recipient_office": ["不是上级机关"]})
    _sealed_for(cmd["sealed"], cmd["recipient_office"])


def _sent_up(cmd: Mapping[str, Any], entered_at: datetime) -> Tell:
    names = ("case", "receipt_hash", "channel", "nature", "real_name", "contactable", "sealed")
    blank = {"category": DISCIPLINE_CATEGORY, "place": "", "text": None, "reporter": None, "urgent": False}
    data = {**{name: cmd[name] for name in names}, **blank, "desk": Desk.DISCIPLINE.value, "filed_at": entered_at}
    return Tell(cmd["recipient_office"], "intake", "report_filed", cmd["case"], data)


def may_see_custody(here_desk: str) -> None:
    """Custody lines are for the discipline desk; the leader of an office may be the one that a report was about."""
    if here_desk != Desk.DISCIPLINE:
        raise NotFound("该清单")


def next_hop(data: Mapping[str, Any], recipient: str, here: Here) -> str:
    """Where a supplement or rating for a report that is not registered here goes.

    To its entry office, if that lies below; to ``recipient``, the office "office" or desk "office/desk" that a custody
    line names, if that lies above. Refused when neither is known.
    """
    above = [office.id for office in here.tree.ancestors(here.office)]
    upwards = recipient.partition("/")[0]
    if upwards in above:
        return upwards
    office = str(data["entry_office"])
    try:
        below = here.office in [each.id for each in here.tree.ancestors(office)]
    except KeyError:
        below = False
    if not below:
        raise Refused("unknown_receipt", "本机关没有该查询码对应的事项")
    return office


def supplement(report: ReportState, given: Mapping[str, Any], here: Here) -> Decision[ReportState]:
    """More material: kept in the register's thread, and told to the own assignment, which knows the holder."""
    if report.desk == Desk.DISCIPLINE and given["sealed"] is None:
        raise Refused("must_be_sealed", "检举控告的补充材料须密封", {"sealed": ["须密封"]})
    data = {name: given[name] for name in ("supplement", "at", "text", "sealed")}
    data |= {"receipt_hash": report.receipt_hash, "entry_office": here.office}
    tell = Tell(here.office, "assignment", "supplement_filed", report.case, data)
    return Decision(report, (tell,), "supplemented", data={"supplement": given["supplement"]})


def rate(report: ReportState, rating: str, here: Here) -> Decision[ReportState]:
    """What the reporter says of the outcome. Discipline reports are not rated (domain section 8)."""
    if report.desk == Desk.DISCIPLINE:
        raise Refused("not_rated", "检举控告不作满意度评价")
    return Decision(report, (progress(report, "rated", here),), "rated", data={"rating": rating})
