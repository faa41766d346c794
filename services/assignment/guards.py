"""What must hold before an act, each with the words a clerk reads when it does not."""

from datetime import datetime

from contracts import authority
from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.words import Desk, Status
from services.assignment.routing.rules import step_towards
from services.assignment.state import CaseState

leader = authority.leader


def held(state: CaseState, here: Here) -> None:
    """This office holds the case, and it is not on its way to another."""
    not_recalled(state)
    if state.holder != here.office:
        raise Refused("not_holder", "本机关不是该事项的承办单位")
    if state.offered_to:
        raise Refused("offered", "该事项已转送,等待对方签收或者退回")
    if waits_for_above(state):
        raise Refused("belongs_above", "该举报属上级机关受理,只能报送上级")


def waits_for_above(state: CaseState) -> bool:
    """Whether it was found to belong to a body above and was not sent up yet (JK art. 15)."""
    return bool(state.outside_body) and state.is_open


def outside_network(body: str, here: Here) -> None:
    """A case leaves the network to a body that is none of its offices; these get it by an offer."""
    try:
        inside, listed = here.tree.in_network(body), True
    except KeyError:
        inside, listed = False, body in here.tree.bodies
    if inside:
        raise Refused("in_network", "该机关在网络内,请直接转送", {"body": ["网络内机关"]})
    if not listed:
        known = "、".join(here.tree.bodies)
        raise Refused("unknown_body", "区文件中没有这个系统外机关", {"body": [f"可选:{known}"]})


def not_recalled(state: CaseState) -> None:
    """The case was not taken away by a higher term."""
    if state.recalled:
        raise Refused("stale_term", "该事项已不在本机关办理")


def open_case(state: CaseState) -> None:
    """Somebody still has to act on it."""
    if not state.is_open:
        raise Refused("closed", "该事项已经办结或者关闭")


def status(state: CaseState, *allowed: Status) -> None:
    """The case stands at one of these."""
    if state.status not in allowed:
        raise Refused(
            "wrong_status", "该事项目前的办理状态不允许此操作", {"case": [f"状态为{Status(state.status).zh}"]}
        )


def may_refuse(desk: str, here: Here) -> None:
    """A discipline report is refused or returned by procedure, with a leader's approval (JK art. 17)."""
    if desk == Desk.DISCIPLINE:
        leader(here)


def organ(here: Here) -> None:
    """A village or community is self-governing and issues no opinion (domain: who may issue an opinion)."""
    if here.tier == "village":
        raise Refused("not_an_organ", "村(社区)不出具处理意见,请当场解决或者上报镇(街道)")


def as_decided(state: CaseState, to: str, here: Here) -> None:
    """Where the common superior decided who is competent, the case goes there (XF22 art. 24)."""
    decided = state.decided_for
    if decided and decided not in state.excluded and step_towards(decided, here, set(state.excluded)) != to:
        raise Refused("decided", "共同的上级机关已经确定承办单位", {"to": [f"应转送{decided}"]})


def not_decided(decided_by: str) -> None:
    """What the common superior decided is not sent back."""
    if decided_by:
        raise Refused("decided", "共同的上级机关已经确定由本机关承办,不能退回")


def not_future(moment: datetime, here: Here, field: str) -> None:
    """A moment that was reported, not planned."""
    if moment > here.now:
        raise Refused("in_future", "时间不能晚于现在", {field: ["晚于现在"]})


def unheard(state: CaseState, what: str) -> Decision[CaseState]:
    """A letter of a lower or past term: refused by rule, on record, without effect."""
    return Decision(state, (), "refused", f"stale_term: {what}")
