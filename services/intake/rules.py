"""Registering a report, and splitting a petition. Pure decisions."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from contracts.calendar import Due
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.opening import RETALIATION, opening
from contracts.telling import DISCIPLINE_CATEGORY, PORTAL, progress
from contracts.words import Channel, Desk

VISITS = (Channel.VISIT, Channel.HALL, Channel.RECEPTION)
MAX_PARTS = 9
OPTIONAL = ("head_count", "representatives", "external_no", "part_of", "via", "opening")


@dataclass(frozen=True)
class ReportState:
    """A report as registered (登记): what never changes, but for a recall that empties it.

    ``part_of`` is the case that this one was split off, ``parts`` how many were split off this one; ``flags`` are words
    that ask for attention ("retaliation"). ``via`` is the own channel that it came through, ``opening`` that of a box.
    """

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
    head_count: int = 1
    representatives: int = 0
    external_no: str = ""
    flags: tuple[str, ...] = ()
    part_of: str = ""
    parts: int = 0
    via: str = ""
    opening: str = ""
    recalled: bool = False

    def file(self) -> dict[str, Any]:
        """The case file as ``contracts.events.CaseFileSchema`` has it."""
        own = ("registered_at", "clerk", "recalled", "part_of", "parts", "via", "opening")
        kept = {name: value for name, value in vars(self).items() if name not in own}
        return {**kept, "flags": list(self.flags), "supplements": []}

    def emptied(self) -> "ReportState":
        """What stays after the disposal of its file: the line with its number, without what it said or who said it."""
        return replace(self, text=None, reporter=None, sealed=None, place="")

    def wiped(self) -> "ReportState":
        """What stays after a recall: that a number was given, so that the series has no gap."""
        blank = dict.fromkeys(("category", "place", "receipt_hash", "external_no", "part_of", "via", "opening"), "")
        return replace(self, **blank, text=None, reporter=None, sealed=None, flags=(), recalled=True)  # type: ignore[arg-type]


def report_number(office: str, year: int, serial: int) -> str:
    """The register number of a petition: by office and year without a gap, final at entry."""
    return f"{office}-{year}-{serial:05d}"


def sealed_number(office: str, year: int) -> str:
    """What the register number of a sealed report begins with; drawn digits follow, in which nobody sees a gap."""
    return f"{office}-J{year}-"


def notice_stem(short_name: str, desk: str, year: int) -> str:
    """What the 文号 of a notice begins with: organ short name, kind and year; a serial and 号 follow."""
    kind = "纪告" if desk == Desk.DISCIPLINE else "告"
    return f"{short_name}{kind}〔{year}〕"


def register(case: str, number: str, cmd: Mapping[str, Any], here: Here) -> Decision[ReportState]:
    """An ordinary petition at this office's petition desk. What belongs to the discipline desk is refused: seal it."""
    if here.actor.desk != Desk.PETITION:
        raise Refused("wrong_desk", "普通信访事项由信访窗口登记")
    if is_discipline(cmd["category"]):
        raise Refused("must_be_sealed", "检举控告须密封登记", {"category": ["须密封登记"]})
    if cmd["reporter"] is not None and f"{here.office}/{Desk.PETITION.value}" not in cmd["reporter"]["keys"]:
        raise Refused("not_sealed_for", "信封不是密封给本机关的", {"reporter": ["没有本机关的密钥"]})
    together(cmd, here)
    given = {**cmd, "sealed": None, "urgent": cmd["urgent"] or cmd["emergency"]}
    return _registered(case, number, Desk.PETITION, given, cmd["entered_at"] or here.now, here)


def together(cmd: Mapping[str, Any], here: Here) -> None:
    """Several people: of a collective visit some speak for all, of no report more than the policy's (XF22 art. 20)."""
    heads, speakers, most = cmd["head_count"], cmd["representatives"], here.policy.representatives_max
    if speakers > most:
        raise Refused("too_many_representatives", f"代表不得超过{most}人", {"representatives": [f"最多{most}人"]})
    if speakers > heads:
        raise Refused("more_than_came", "代表人数多于反映人数", {"representatives": ["多于人数"]})
    if cmd["channel"] in VISITS and heads >= here.policy.collective_visit_from and not speakers:
        fields = {"representatives": [f"请推选代表,最多{most}人"]}
        raise Refused("representatives_needed", f"{heads}人集体来访,应当推选代表", fields)


def is_discipline(category: str) -> bool:
    """Whether a category belongs to the discipline desk (C15 纪检监察)."""
    return category.startswith(DISCIPLINE_CATEGORY)


def register_sealed(number: str, cmd: Mapping[str, Any], here: Here) -> Decision[ReportState]:
    """A sealed report whose recipient is the own discipline desk: numbered in the discipline series."""
    filed = {**cmd, "category": DISCIPLINE_CATEGORY, "place": "", "text": None, "reporter": None}
    sealed_for(cmd["sealed"], here.office)
    return _registered(cmd["case"], number, Desk.DISCIPLINE, filed, cmd["entered_at"] or here.now, here)


def filed(number: str, case: str, data: Mapping[str, Any], here: Here) -> Decision[ReportState]:
    """A report from the portal, or sealed from an office below: numbered here, which is its entry office."""
    if data["desk"] == Desk.DISCIPLINE:
        sealed_for(data["sealed"], here.office)
        data = {**data, "category": DISCIPLINE_CATEGORY, "place": "", "text": None, "reporter": None}
    elif data["text"] is None or is_discipline(data["category"]):
        raise Refused("must_be_sealed", "检举控告须密封,普通信访事项须有内容")
    return _registered(case, number, Desk(data["desk"]), data, data["filed_at"], here)


def may_file(sender: str, case: str, data: Mapping[str, Any], here: Here) -> None:
    """Who may file what where: the portal everything, at the district; an office below, and the own assignment (a petition
    that turned out to accuse somebody), only what is sealed for the discipline desk.

    An open petition from below would be a case entered in the name of another office's people, which nobody there holds.
    """
    if data["case"] != case:
        raise Refused("wrong_case", "来件与所附登记不是同一事项", {"case": ["不一致"]})
    below = (here.office, *(office.id for office in here.tree.descendants(here.office)))
    if sender == PORTAL and here.office == here.tree.root.id:
        return
    if sender == PORTAL or data["desk"] != Desk.DISCIPLINE or sender not in below:
        raise Refused(
            "not_from_there", "只有门户可以报来普通信访事项,下级机关只能报来密封件", {"desk": ["不能由该机关报来"]}
        )


def sealed_for(envelope: Mapping[str, Any] | None, office: str) -> None:
    """The envelope opens at the discipline desk of ``office``."""
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
        flags=tuple(given.get("flags", ())),
        **{name: given[name] for name in names},
        **{name: given[name] for name in OPTIONAL if name in given},
    )
    case_letter = Tell(here.office, "assignment", "case_registered", case, {"file": report.file()})
    steps = ("registered", "protection") if RETALIATION in report.flags else ("registered",)
    ends = _first_answer(report, here)
    told = (case_letter, *(progress(report, step, here, ends.at, ends.how) for step in steps))
    return Decision(report, told, "registered", data={"number": number})


def _first_answer(report: ReportState, here: Here) -> Due:
    """By when the reporter hears what becomes of it: the clock that the own assignment starts."""
    kind = opening(
        report.desk,
        at_root=here.office == here.tree.root.id,
        contactable=report.contactable,
        real_name=report.real_name,
    )
    return here.policy.due("K28" if RETALIATION in report.flags else kind, report.entered_at)


def split(whole: ReportState, case: str, number: str, cmd: Mapping[str, Any], here: Here) -> Decision[ReportState]:
    """Another matter of an ordinary petition becomes a case of its own (分件), received when the whole was.

    ``cmd`` bears the new ``receipt_hash`` and the ``reporter`` sealed for the new case. An accusation is never split off
    in the clear: it has to be sealed.
    """
    if is_discipline(cmd["category"]):
        raise Refused("must_be_sealed", "检举控告须密封登记", {"category": ["须密封登记"]})
    kept = ("channel", "real_name", "contactable", "urgent", "head_count", "representatives", "external_no", "via")
    given = {**cmd, **{name: getattr(whole, name) for name in kept}, "sealed": None, "part_of": whole.case}
    return _registered(case, number, Desk.PETITION, given, whole.entered_at, here)


def may_split(whole: ReportState) -> None:
    """Whether a part may be split off; only off a whole petition, and nine at most (network.receipts)."""
    if whole.desk != Desk.PETITION:
        raise Refused("wrong_desk", "检举控告不拆分")
    if whole.part_of:
        raise Refused("split_the_whole", "该件是拆分出来的,请从原件拆分", {"case": ["请从原件拆分"]})
    if whole.parts >= MAX_PARTS:
        raise Refused("too_many_parts", f"一件最多拆分{MAX_PARTS}次", {"case": ["拆分次数已满"]})


def entered(at: datetime, here: Here) -> None:
    """A report is entered when it came, not later than now."""
    if at > here.now:
        raise Refused("in_future", "登记时间不能晚于现在", {"entered_at": ["晚于现在"]})


def of_petitions(desk: str) -> None:
    """Repeats of petitions are proposed by matter; of discipline reports by the marks of the accused, elsewhere."""
    if desk != Desk.PETITION:
        raise Refused("wrong_desk", "检举控告的重复件按被反映人比对")
