"""Load, decide, save, say: what every entrypoint of intake does around a rule, in the given unit of work."""

from collections.abc import Mapping
from typing import Any

from contracts.calendar import local_day
from contracts.context import Actor
from contracts.errors import NotFound, Refused
from contracts.letters import Letter, Tell
from contracts.words import Desk
from network import veils
from network.ids import drawn, new_id
from network.keys import DeskId, KeyFileError
from network.receipts import part_hash
from network.sealing import Envelope, SealError, open_envelope, seal
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.intake import counting, rules, store
from services.intake.activities import store as activities
from services.intake.custody import acts as custody
from services.intake.desklogs import acts as desklogs
from services.intake.desklogs import store as books
from services.intake.emergency import acts as emergencies
from services.intake.leaving import store as leaving
from services.intake.models import IntakeCustody, IntakeNotice, IntakeReport
from services.intake.outreach import origins
from services.intake.outreach import store as outreach
from services.intake.promises import store as promises
from services.intake.reception import store as receptions
from services.intake.rules import ReportState


def visible(row: IntakeReport | None, actor: Actor) -> IntakeReport:
    """The row if the actor's desk may know of it; NotFound otherwise, as if there were none."""
    if row is None or row.recalled or row.desk != actor.desk:
        raise NotFound("该登记")
    return row


def register(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Register a petition under the next number of this office."""
    case = cmd["case"] or new_id()
    _unknown(uow, case)
    origin = origins.of_report(uow, cmd)
    given = {**desklogs.came_from(uow, cmd), "flags": origins.flags(cmd, origin)}
    decision = rules.register(case, _number(uow, Desk.PETITION), given, uow.here)
    decided = {"as_petition": True} if cmd["as_petition"] else {}
    answer = _save(uow, decision.state, decision.tells, {**decision.data, **decided})
    origins.registered(uow, origin, case, decision.state.entered_at, decision.state.place)
    if cmd["emergency"]:
        emergencies.wanted_by(uow, decision.state)
    return answer


def register_sealed(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Register a sealed report for the own discipline desk, or send it on and keep a custody line."""
    _unknown(uow, cmd["case"])
    cmd = desklogs.came_from(uow, cmd)
    if (cmd["recipient_office"], cmd["recipient_desk"]) == (uow.office.id, Desk.DISCIPLINE):
        decision = rules.register_sealed(_number(uow, Desk.DISCIPLINE), cmd, uow.here)
        return _save(uow, decision.state, decision.tells, decision.data)
    return custody.keep(uow, cmd)


def filed(uow: UnitOfWork, letter: Letter) -> None:
    """Register what the portal or an office below sent; the same report again changes nothing. What it may not file is
    parked, for an operator to see."""
    case = letter.data["case"]
    rules.may_file(letter.office, letter.case, letter.data, uow.here)
    if store.report_locked(uow.session, case) is not None:
        return
    decision = rules.filed(_number(uow, Desk(letter.data["desk"])), case, letter.data, uow.here)
    _save(uow, decision.state, decision.tells, decision.data)
    origins.filed_by_card(uow, letter.data)
    if letter.data["emergency"]:
        emergencies.wanted_by(uow, decision.state)


def split(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Another matter of a petition becomes a case of its own; who reported is sealed anew for it in this commit."""
    row = visible(store.report_locked(uow.session, cmd["case"]), uow.actor)
    whole, case = as_state(ReportState, row), new_id()
    rules.may_split(whole)
    row.parts += 1
    given = {**cmd, "receipt_hash": part_hash(whole.receipt_hash, row.parts), "reporter": _for_part(uow, whole, case)}
    decision = rules.split(whole, case, _number(uow, Desk.PETITION), given, uow.here)
    return _save(uow, decision.state, decision.tells, decision.data)


def _for_part(uow: UnitOfWork, whole: ReportState, case: str) -> dict[str, Any] | None:
    """Who reported, as an envelope for the petition desk of this office and for the new case."""
    if whole.reporter is None:
        return None
    own, keys = DeskId(uow.office.id, "petition"), uow.office.keyring
    try:
        content = open_envelope(Envelope.from_dict(whole.reporter), own, keys.private(own.office, own.desk))
        return seal(content, case, {own: keys.public(own.office, own.desk)}).to_dict()
    except (KeyFileError, SealError) as error:
        raise Refused("no_key", "无法为拆分件重新密封信访人信息", {"case": ["缺少密钥"]}) from error


def _unknown(uow: UnitOfWork, case: str) -> None:
    if store.report_locked(uow.session, case) is not None or uow.session.get(IntakeCustody, case) is not None:
        raise Refused("known_case", "该事项已经登记", {"case": ["已经登记"]})


def _number(uow: UnitOfWork, desk: Desk) -> str:
    year, office = local_day(uow.now).year, uow.office.id
    if desk == Desk.DISCIPLINE:
        return drawn(rules.sealed_number(office, year), lambda number: store.is_number_taken(uow.session, number))
    return rules.report_number(office, year, store.next_serial(uow.session, f"report/{desk.value}", year))


def _save(uow: UnitOfWork, report: ReportState, tells: tuple[Tell, ...], data: Mapping[str, Any]) -> dict[str, Any]:
    uow.session.add(IntakeReport(**{**vars(report), "flags": list(report.flags)}))
    if report.desk == Desk.DISCIPLINE and uow.office.id == uow.office.tree.root.id:
        veils.await_triage(uow.session, report.case)
    counting.registered(uow, report)
    uow.tell_all(tells)
    uow.note("registered", report.case, data=data)
    return {"case": report.case, "number": report.number, "entered_at": report.entered_at}


def notice_wanted(uow: UnitOfWork, letter: Letter) -> None:
    """Number and freeze a notice in the series of this office and desk."""
    data = letter.data
    number = _notice_number(uow, data["desk"])
    names = ("desk", "kind", "at", "facts")
    uow.session.add(IntakeNotice(number=number, case=letter.case, **{name: data[name] for name in names}))
    told = {"number": number, **{name: data[name] for name in ("kind", "at", "facts")}}
    uow.tell(Tell(uow.office.id, "assignment", "notice_issued", letter.case, told))
    uow.note("notice_issued", letter.case, data={"number": number, "kind": data["kind"]})


def _notice_number(uow: UnitOfWork, desk: str) -> str:
    """The next of the petition desk's series; of the discipline desk one in which nobody sees a gap."""
    name, year = uow.office.office.short_name, local_day(uow.now).year
    if desk == Desk.DISCIPLINE:
        stem = rules.notice_stem(name, desk, year)
        return drawn(stem, lambda found: store.is_notice_taken(uow.session, f"{found}号")) + "号"
    return f"{rules.notice_stem(name, desk, year)}{store.next_serial(uow.session, f'notice/{desk}', year)}号"


def recalled(uow: UnitOfWork, letter: Letter) -> None:
    """A superior took the case: the report's content goes. Its number stays, so that the series has no gap."""
    above = [office.id for office in uow.office.tree.ancestors(uow.office.id)]
    if letter.office not in above:
        uow.note("refused", letter.case, f"case_recalled by {letter.office}")
        return
    _leaves(uow, letter.case, recipient=letter.office)
    uow.note("recalled", letter.case)


def sent_up(uow: UnitOfWork, letter: Letter) -> None:
    """The report went to a body above (JK art. 15), or sealed to the discipline desk: as after a recall, its number
    and a custody line stay.
    """
    told = {name: letter.data[name] for name in ("recipient", "way", "document_no")}
    _leaves(uow, letter.case, **told, sent_at=letter.data["at"])
    uow.note("sent_up", letter.case)


def disposed(uow: UnitOfWork, letter: Letter) -> None:
    """The file of a report was disposed of (销毁): its line stays in the register, what it said goes."""
    row = store.report_locked(uow.session, letter.case)
    if row is None:
        raise Refused("unknown_case", "本机关没有该事项")
    store.forget(uow.session, letter.case)
    receptions.empty(uow.session, letter.case)
    outreach.empty(uow.session, letter.case)
    books.empty(uow.session, letter.case)
    write_state(row, as_state(ReportState, row).emptied())
    uow.note("file_disposed", letter.case)


def _leaves(uow: UnitOfWork, case: str, **whither: Any) -> None:
    """Empty the report's row and keep a custody line that says ``whither`` it went."""
    store.forget(uow.session, case)
    activities.forget(uow.session, case)
    promises.forget(uow.session, case)
    receptions.forget(uow.session, case)
    outreach.forget(uow.session, case)
    books.forget(uow.session, case)
    leaving.forget(uow.session, case)
    veils.forget(uow.session, case, "intake")
    row = store.report_locked(uow.session, case)
    if row is not None and not row.recalled:
        line = IntakeCustody(case=row.case, receipt_hash=row.receipt_hash, at=row.entered_at, **whither)
        uow.session.add(line)
        write_state(row, as_state(ReportState, row).wiped())
