"""Load, decide, save, say: sweeps and disputes."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.calendar import local_day
from contracts.errors import NotFound, Refused
from contracts.letters import Letter
from network.ids import new_id
from network.uow import UnitOfWork
from services.supervision.demands import work as demands
from services.supervision.periods import rules as period_rules
from services.supervision.periods import work as periods
from services.supervision.sweeps import rounds, rules, store, study
from services.supervision.sweeps.rules import Dispute

SHARED, MEASURE = "dispute_help", "study_measure"
"""The kinds of demand by which a dispute is shared, and by which a study's measure is asked for."""


def return_sweep(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """This office's return with what it found and how earlier disputes stand; all of it or nothing."""
    if not rules.is_sweep(cmd["kind"], uow.here):
        raise Refused("not_a_sweep", "该种报送不是排查", {"kind": ["不是排查"]})
    rules.may_work(uow.here)
    open_ones = rules.must_be_said(store.open_disputes(uow.session, uow.here.office), cmd["period"], uow.here)
    carried = rules.carry(open_ones, cmd["carried"], cmd["period"], uow.here)
    swept = rules.swept(period_rules.period_id(uow.here.office, cmd["kind"], cmd["period"]), cmd, carried, uow.here)
    fresh = [rules.found(each, _names(uow, swept), uow.here) for each in cmd["findings"]]
    given = {
        "kind": cmd["kind"],
        "period": cmd["period"],
        "nil": cmd["nil"],
        "summary": "" if cmd["nil"] else swept.summary,
    }
    shown = periods.give_back(uow, given, sweep=swept.told)
    store.add_sweep(uow.session, swept, uow.now)
    for each in (*carried, *fresh):
        _keep(uow, each)
    return {**shown, "disputes": [each.number for each in fresh]}


def heard_sweep(uow: UnitOfWork, letter: Letter) -> None:
    """How an office below swept, for the counts."""
    told, office = letter.data["sweep"], letter.office
    period_id = period_rules.period_id(office, letter.data["kind"], letter.data["period"])
    if told is not None and store.sweep(uow.session, period_id) is None:
        named = {name: letter.data[name] for name in ("kind", "period")}
        store.add_sweep(uow.session, rules.Sweep(id=period_id, office=office, **named, **told), letter.data["at"])


def nothing_unsaid(uow: UnitOfWork, cmd: Mapping[str, Any]) -> None:
    """For a return without content: refused while a dispute of an earlier period has still to be said of."""
    if rules.is_sweep(cmd["kind"], uow.here):
        open_ones = rules.must_be_said(store.open_disputes(uow.session, uow.here.office), cmd["period"], uow.here)
        rules.carry(open_ones, (), cmd["period"], uow.here)


def _names(uow: UnitOfWork, swept: rules.Sweep) -> dict[str, str]:
    year = local_day(uow.now).year
    number = f"{uow.here.office}-P{year}-{store.next_serial(uow.session, year):05d}"
    return {"dispute": new_id(), "number": number, "period": swept.period, "sweep": swept.id}


def _keep(uow: UnitOfWork, state: Dispute) -> None:
    store.keep_dispute(uow.session, state)
    uow.tell_all(rules.tells(state, uow.here))


def _dispute(uow: UnitOfWork, dispute_id: str) -> Dispute:
    known = store.dispute(uow.session, dispute_id)
    if known is None:
        raise NotFound("该纠纷")
    return known


def work_dispute(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Dispute:
    """What was done about a dispute."""
    state = rules.work(_dispute(uow, cmd["dispute"]), cmd, uow.here)
    _keep(uow, state)
    uow.note("work_dispute", state.case_id, data={"dispute": state.dispute, "status": state.status})
    return state


def raise_dispute(uow: UnitOfWork, cmd: Mapping[str, Any]) -> Dispute:
    """A dispute becomes a petition; its case follows from its id, so that it becomes one case at most."""
    case = hashlib.blake2b(f"dispute {cmd['dispute']}".encode(), digest_size=16).hexdigest()
    decision = rules.to_case(_dispute(uow, cmd["dispute"]), case, cmd["text"], uow.here)
    _keep(uow, decision.state)
    uow.apply(decision, case)
    return decision.state


def registered(uow: UnitOfWork, letter: Letter) -> None:
    """The own intake gave the petition its number."""
    known = store.dispute(uow.session, letter.data["dispute"])
    if known is not None and known.case_id == letter.case:
        store.keep_dispute(uow.session, replace(known, case_number=letter.data["number"]))
    uow.note("dispute_registered", letter.case, data={"dispute": letter.data["dispute"]})


def told(uow: UnitOfWork, letter: Letter) -> None:
    """A dispute of an office below."""
    state = rules.heard(store.dispute(uow.session, letter.data["dispute"]), letter.data, letter.office, uow.here)
    if state is not None:
        store.keep_dispute(uow.session, state)
    uow.note("dispute_heard", data={"dispute": letter.data["dispute"], "rev": letter.data["rev"]})


def share(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Another office below helps with a dispute, by a day; its part climbs as a demand does."""
    known = _dispute(uow, cmd["dispute"])
    if not known.is_open:
        raise Refused("not_open", "该纠纷已经结束", {"dispute": ["已经结束"]})
    return _demanded(uow, SHARED, known, cmd)


def _demanded(uow: UnitOfWork, kind: str, dispute: Dispute, cmd: Mapping[str, Any]) -> dict[str, Any]:
    wanted = {"kind": kind, "to": cmd["to"], "points": cmd["points"], "due": cmd["due"], "number": dispute.number}
    return demands.make(uow, new_id(), {**wanted, "case": "", "person": cmd.get("person", "")})


def order_round(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Order an extra round."""
    decision = rounds.order(store.round_of(uow.session, cmd["round"]), cmd, uow.here)
    _open_round(uow, decision.state)
    uow.apply(decision)
    return {"round": decision.state.round, "offices": list(decision.state.offices)}


def round_ordered(uow: UnitOfWork, letter: Letter) -> None:
    """A round ordered in the own line."""
    state = rounds.heard(store.round_of(uow.session, letter.data["round"]), letter.data, letter.office, uow.here)
    if state is not None:
        _open_round(uow, state)
    uow.note("round_heard", data={"round": letter.data["round"]})


def _open_round(uow: UnitOfWork, state: rounds.Round) -> None:
    store.keep_round(uow.session, state)
    for period in rounds.owed(state, uow.here):
        periods.keep_new(uow, period)


def hold_study(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """A quarter's study, with each measure demanded of its office; all of it or nothing."""
    quarter = study.quarter_named(cmd["quarter"])
    study.may_hold(store.study(uow.session, cmd["quarter"]), quarter, uow.here)
    items = [each for each, _ in study.key_items(store.disputes(uow.session, {}), quarter, uow.here)]
    study.measured((each.dispute for each in items), cmd["measures"], uow.here)
    known = {each.dispute: each for each in items}
    made = [
        (each["dispute"], _demanded(uow, MEASURE, known[each["dispute"]], each)["demand"]) for each in cmd["measures"]
    ]
    names = tuple(each.dispute for each in items)
    held = study.Study(cmd["quarter"], uow.now, uow.actor.id, cmd["minutes"], names, tuple([*pair] for pair in made))
    store.keep_study(uow.session, held)
    uow.note("hold_study", data={"quarter": cmd["quarter"], "items": len(items), "measures": len(made)})
    return vars(held)
