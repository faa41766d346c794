"""Load, decide, save, say: disputes on competence, handlers and teams. Every act stands in the given unit of work."""

from collections.abc import Mapping
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Letter
from contracts.veils import believed, is_veiled
from contracts.words import DecidedBy
from network import veils
from network.ids import new_id
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.assignment import acts
from services.assignment.helping import disputes, store, teams, views
from services.assignment.helping.models import AssignmentDispute, AssignmentTeam, AssignmentTeamChange
from services.assignment.helping.states import DisputeState, TeamState
from services.assignment.responsibility.places import town_of_case
from services.assignment.state import CaseState, OfferState


def insist(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Offer the case once more to who objected; who reported is re-sealed to it as in any offer."""
    objector = store.last_objector(uow.session, cmd["case"])

    def rule(state: CaseState, here: Here) -> Decision[CaseState]:
        disputed, again = disputes.insisting(state, objector, cmd)
        return disputes.insist(disputed, acts.with_reporter(uow, disputed, again, here), here)

    return acts.command(uow, cmd, rule, "insisted", cmd["reason"])


def refer(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Let the common superior decide: the receiver of a disputed offer, or the holder."""
    offer_row = acts.waiting_offer(uow, cmd["case"])
    if offer_row is None:
        rule = disputes.refer
        return acts.command(uow, cmd, lambda state, here: rule(state, cmd, here), "dispute", cmd["reason"])
    here = acts.here_for(uow, offer_row.file["policy_version"])
    decision = disputes.refer_offered(as_state(OfferState, offer_row), cmd, here)
    write_state(offer_row, decision.state)
    uow.apply(decision, cmd["case"])
    return {"case": cmd["case"], "status": "returned"}


def raised(uow: UnitOfWork, letter: Letter) -> None:
    """A dispute to decide arrives."""
    row = store.dispute(uow.session, letter.case)
    known = as_state(DisputeState, row) if row else None
    heard = believed(letter.data["recused"], letter.office, uow.here.office, uow.here.tree)
    decision = disputes.receive(known, letter.case, {**letter.data, "recused": heard}, letter.office, uow.here)
    if row is not None:
        write_state(row, decision.state)
    elif decision.state is not None:
        store.new_row(uow.session, AssignmentDispute, decision.state)
        veils.keep(uow.session, letter.case, heard)
    uow.apply(decision, letter.case)


def decide(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """This office is the common superior and decides. NotFound when there is no such dispute at the actor's desk."""
    row = store.dispute(uow.session, cmd["case"])
    if row is None or row.desk != uow.actor.desk:
        raise NotFound("该争议")
    decision = disputes.decide(as_state(DisputeState, row), cmd, uow.here)
    write_state(row, decision.state)
    uow.apply(decision, row.case)
    return views.dispute(decision.state)


def decided(uow: UnitOfWork, letter: Letter) -> None:
    """The common superior decided; its reason is kept beside the case."""
    row = acts.known(uow, letter.case)
    before = row.decided_by, row.decided_for, row.todo
    state = acts.decide(uow, row, lambda state, here: disputes.on_decided(state, letter.data, letter.office, here))
    if before != (state.decided_by, state.decided_for, state.todo):
        acts.add_note(uow, row.case, "decided", _said(letter.data), office=letter.office)


def _said(data: Mapping[str, Any]) -> str:
    """The reason as the holder keeps it; of a joint conference with the number of its paper."""
    conference = data["way"] == DecidedBy.JOINT_CONFERENCE
    return f"{data['reason']}(联席会议 {data['document_no']})" if conference else str(data["reason"])


def assign_handler(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Name who handles a case."""
    rule = teams.assign_handler
    answer = acts.command(uow, cmd, lambda state, here: rule(state, cmd["handler"], here))
    return {**answer, "handler": cmd["handler"]}


def form_team(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Form a team, or change one of this desk."""
    decision = teams.form(cmd, uow.here)
    row = store.team(uow.session, uow.actor.desk, cmd["team"])
    if row is None:
        store.new_row(uow.session, AssignmentTeam, decision.state)
    else:
        write_state(row, decision.state)
    uow.apply(decision)
    keep_change(uow, decision.state, "")
    return {**views.team(decision.state), "let_go": let_go(uow, decision.state)}


def keep_change(uow: UnitOfWork, team: TeamState, why: str) -> None:
    """A line of the team's history."""
    known = {"desk": team.desk, "team": team.team, "area": team.area, "members": list(team.members)}
    uow.session.add(AssignmentTeamChange(id=new_id(), **known, at=uow.now, by=uow.actor.id, why=why))


def let_go(uow: UnitOfWork, team: TeamState) -> list[str]:
    """The team's open cases from which a member is recused leave it, those hidden from the actor too. → those he sees."""
    gone = []
    for row in store.team_cases(uow.session, team.desk, uow.office.id, team.team):
        if any(is_veiled(row.case, member, row.recused) for member in team.members):
            acts.decide(uow, row, teams.leave_team)
            if not veils.is_hidden(uow.session, row.case, uow.actor):
                gone.append(row.case)
    return gone


def assign_area(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Give the open cases of the team's area that have no team to it, so many at a time; → also how many are left."""
    row = store.team(uow.session, uow.actor.desk, cmd["team"])
    if row is None:
        raise NotFound("该专班")
    if not row.area:
        raise Refused("no_area", "该专班没有片区", {"team": ["没有片区"]})
    towns = uow.here.policy.areas[row.area].towns if row.area in uow.here.policy.areas else ()
    free = store.without_team(uow.session, row.desk, uow.office.id)
    wanted = [each.case for each in free if town_of_case(each, uow.here) in towns]
    answer = assign_team(uow, {"team": cmd["team"], "cases": wanted[: cmd["limit"]]})
    return {**answer, "left": len(wanted) - len(answer["done"]) - len(answer["refused"])}


def assign_team(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Give many cases to a team: each by the same rule, those refused are named and stay as they are."""
    row = store.team(uow.session, uow.actor.desk, cmd["team"])
    if row is None:
        raise NotFound("该专班")
    team = as_state(TeamState, row)
    done, refused = [], []
    for case in dict.fromkeys(cmd["cases"]):
        try:
            acts.command(uow, {"case": case}, lambda state, here: teams.assign_team(state, team, here))
            done.append(case)
        except Refused as error:
            refused.append({"case": case, "code": error.code, "message": error.message})
    return {"done": done, "refused": refused}
