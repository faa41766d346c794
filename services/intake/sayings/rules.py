"""What a reporter adds by receipt: material, a rating, what they say; and where it goes. Pure decisions."""

from collections.abc import Mapping
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.letters import Tell
from contracts.telling import progress
from contracts.words import Desk
from services.intake.custody.rules import Custody
from services.intake.rules import ReportState
from services.intake.stub import Stub

SAID = ("saying", "what", "at", "text", "sealed", "person")


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


def has_left(recipient: str, here: Here) -> bool:
    """Whether the ``recipient`` of a custody line is a body outside the network: nothing of the report is left in it."""
    try:
        return bool(recipient) and not here.tree.in_network(recipient.partition("/")[0])
    except KeyError:
        return True


def turn_there(line: Custody, here: Here) -> Decision[Custody]:
    """Words for a report that went to a body above (JK art. 15): kept nowhere; who reported reads where to turn."""
    stub = Stub(
        case=line.case,
        number="",
        receipt_hash=line.receipt_hash,
        desk=Desk.DISCIPLINE.value,
        entry_office=here.office,
        holder="",
        entered_at=line.at,
        category="",
    )
    return Decision(line, (progress(stub, "outside", here),), "not_kept")


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


def say(report: ReportState, given: Mapping[str, Any], here: Here) -> Decision[ReportState]:
    """What the reporter says of the case (``contracts.events.sayings``): told to the own assignment, which knows the
    holder. Of a discipline case nothing is said in the clear."""
    if report.desk == Desk.DISCIPLINE and given["text"] is not None:
        raise Refused("must_be_sealed", "检举控告的有关陈述须密封", {"text": ["须密封"]})
    data = {name: given[name] for name in SAID}
    data |= {"receipt_hash": report.receipt_hash, "entry_office": here.office}
    tell = Tell(here.office, "assignment", "reporter_said", report.case, data)
    return Decision(report, (tell,), "said", data={"saying": given["saying"], "what": given["what"]})
