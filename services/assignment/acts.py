"""Load, decide, save, say: what every entrypoint of assignment does around a rule, in the given unit of work."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from contracts.context import Actor, Decision, Here
from contracts.errors import NotFound, Refused
from contracts.letters import Letter
from contracts.veils import believed
from contracts.words import Desk, OfferKind
from network import veils
from network.ids import new_id
from network.keys import DeskId, KeyFileError
from network.sealing import Envelope, SealError, reseal
from network.state import as_state, write_state
from network.uow import UnitOfWork
from services.assignment import store, views
from services.assignment.helping import following
from services.assignment.holding import offers
from services.assignment.holding import rules as holding
from services.assignment.models import AssignmentCase, AssignmentNote, AssignmentOffer
from services.assignment.outcome import telling
from services.assignment.persons.hiding import hide
from services.assignment.recusal import losing
from services.assignment.recusal.rules import EXCLUDED
from services.assignment.state import CaseState, OfferState, Term

Rule = Callable[[CaseState, Here], Decision[CaseState]]


def visible(row: AssignmentCase | None, actor: Actor) -> AssignmentCase:
    """The row if the actor's desk may know of it; NotFound otherwise, as if there were none."""
    if row is None or row.desk != actor.desk:
        raise NotFound("该事项")
    return row


def here_for(uow: UnitOfWork, policy_version: str) -> Here:
    """Where and when, under the policy version that the case was filed under (S5)."""
    try:
        return replace(uow.here, policy=uow.office.policy(policy_version))
    except LookupError:
        raise Refused("policy_unknown", f"政策版本{policy_version}尚未收到,请稍后再办") from None


def command(uow: UnitOfWork, cmd: Mapping[str, Any], rule: Rule, about: str = "", text: str = "") -> dict[str, Any]:
    """A command on a case of the actor's desk; ``text`` is kept as a note of the act ``about``."""
    row = visible(store.case_locked(uow.session, cmd["case"]), uow.actor)
    state = decide(uow, row, rule)
    if text:
        add_note(uow, row.case, about, text)
    return views.answer(state)


def decide(uow: UnitOfWork, row: AssignmentCase, rule: Rule) -> CaseState:
    """Apply a rule to a locked row."""
    decision = rule(as_state(CaseState, row), here_for(uow, row.policy_version))
    before = as_state(CaseState, row)
    write_state(row, decision.state)
    uow.apply(decision, row.case)
    hide(uow, decision.state)
    following.follow(uow, before, decision.state, uow.here)
    uow.tell_all(telling.told(before, decision.state, uow.here))
    return decision.state


def on_letter(uow: UnitOfWork, letter: Letter, rule: Rule) -> CaseState:
    """A letter about a case that stands here. Refused (parked) when there is no such case."""
    return decide(uow, known(uow, letter.case), rule)


def known(uow: UnitOfWork, case: str) -> AssignmentCase:
    row = store.case_locked(uow.session, case)
    if row is None:
        raise Refused("unknown_case", "本机关没有该事项")
    return row


def add_note(uow: UnitOfWork, case: str, about: str, text: str, office: str = "", by: str = "") -> None:
    """Keep a free text beside the case, where a recall deletes it; the journal keeps no free text of a case."""
    row = AssignmentNote(id=new_id(), case=case, at=uow.now, about=about, text=text)
    row.office, row.by = office or uow.actor.office, by or uow.actor.id
    uow.session.add(row)


def registered(uow: UnitOfWork, letter: Letter) -> None:
    """A numbered report comes from the own intake; once."""
    file = letter.data["file"]
    if store.case_locked(uow.session, file["case"]) is not None:
        return
    here = here_for(uow, file["policy_version"])
    decision = holding.register(file, letter.data["accused_offices"], here)
    store.write_new(uow.session, AssignmentCase, decision.state)
    uow.apply(decision, file["case"])
    hide(uow, decision.state, own=True)


def offer(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Offer a case; who reported an ordinary petition is re-sealed to the receiver in this commit."""

    def rule(state: CaseState, here: Here) -> Decision[CaseState]:
        state = following.counted(uow, state, cmd["to"])
        return offers.offer(state, with_reporter(uow, state, cmd, here), here)

    return command(uow, cmd, rule, "offered", cmd["note"])


def with_reporter(uow: UnitOfWork, state: CaseState, cmd: Mapping[str, Any], here: Here) -> dict[str, Any]:
    """The command with ``reporter`` sealed for the receiver's petition desk as well."""
    cmd = {**cmd, "helpers": following.carried(uow, state.case)}
    if state.reporter is None or state.desk != Desk.PETITION:
        return cmd
    offers.check_target(state, cmd["to"], here, direct=cmd.get("direct", False))
    return {**cmd, "reporter": resealed(uow, state.reporter, cmd["to"])}


def resealed(uow: UnitOfWork, envelope: Mapping[str, Any], office: str) -> dict[str, Any]:
    """An envelope of the own petition desk, sealed for that of ``office`` as well. Refused where a key is missing."""
    own, to = DeskId(uow.office.id, "petition"), DeskId(office, "petition")
    keys = uow.office.keyring
    try:
        opened = Envelope.from_dict(envelope)
        return reseal(opened, own, keys.private(own.office, own.desk), to, keys.public(to.office, to.desk)).to_dict()
    except (KeyFileError, SealError) as error:
        raise Refused("no_key", "无法为接收机关重新密封信访人信息", {"to": ["缺少密钥"]}) from error


def offered(uow: UnitOfWork, letter: Letter) -> None:
    """An offer arrives; the same one again changes nothing, one of a higher term takes the place of a lower."""
    case, term = letter.data["file"]["case"], letter.data["term"]
    if store.offer_of_term(uow.session, case, term["override"], term["n"]) is not None:
        return
    row = store.case_locked(uow.session, case)
    state = as_state(CaseState, row) if row else None
    recused = store.is_recused(uow.session, case)
    decision = holding.receive_offer(state, letter.data, letter.office, uow.here, recused=recused)
    if decision.state is not None:
        for earlier in store.offers_of(uow.session, case):
            if earlier.state == "open":
                write_state(earlier, as_state(OfferState, earlier).closed("superseded"))
        store.write_new(uow.session, AssignmentOffer, decision.state)
        veils.keep(
            uow.session, case, believed(letter.data["file"]["recused"], letter.office, uow.here.office, uow.here.tree)
        )
    uow.apply(decision, case)


def sign_for(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Sign for the offer in the in-tray; the case's row is made, or takes the place of an earlier stub."""
    offer_row = waiting_offer(uow, cmd["case"])
    if offer_row is None:
        raise NotFound("待签收的事项")
    row = store.case_locked(uow.session, cmd["case"])
    pending = as_state(OfferState, offer_row)
    here = here_for(uow, pending.file["policy_version"])
    decision = holding.sign(as_state(CaseState, row) if row else None, pending, here)
    if row is None:
        store.write_new(uow.session, AssignmentCase, decision.state)
    else:
        write_state(row, decision.state)
    write_state(offer_row, pending.closed("signed"))
    following.signed(uow, cmd["case"], pending.carried["helpers"])
    uow.apply(decision, cmd["case"])
    uow.tell_all(telling.told(None, decision.state, uow.here))
    hide(uow, decision.state, own=False)
    return views.answer(decision.state)


def waiting_offer(uow: UnitOfWork, case: str) -> AssignmentOffer | None:
    """The open offer of a case, if it is for the actor's desk."""
    row = store.open_offer(uow.session, case)
    return row if row is not None and row.desk == uow.actor.desk else None


def return_offer(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    """Object to an offer that waits, or offer back what was signed for."""
    offer_row = waiting_offer(uow, cmd["case"])
    if offer_row is None:
        return _offer_back(uow, cmd)
    here = here_for(uow, offer_row.file["policy_version"])
    decision = offers.return_unsigned(as_state(OfferState, offer_row), cmd, here)
    write_state(offer_row, decision.state)
    uow.apply(decision, cmd["case"])
    return {"case": cmd["case"], "status": "returned"}


def _offer_back(uow: UnitOfWork, cmd: Mapping[str, Any]) -> dict[str, Any]:
    def rule(state: CaseState, here: Here) -> Decision[CaseState]:
        back = {"to": state.from_office, "kind": OfferKind.TRANSFER.value, "note": cmd["reason"]}
        back |= {"report_back_days": None, "sealed": state.sealed, "reporter": None, "supplements": []}
        return offers.return_signed(state, with_reporter(uow, state, back, here) if state.from_office else back, here)

    return command(uow, cmd, rule, "returned", cmd["reason"])


def returned(uow: UnitOfWork, letter: Letter) -> None:
    """An offer came back with an objection."""
    row = known(uow, letter.case)
    before = row.offered_to
    state = decide(uow, row, lambda state, here: offers.on_returned(state, letter.data, letter.office, here))
    if before and not state.offered_to:
        add_note(uow, row.case, "returned", letter.data["reason"], office=letter.office)


def asked_back(uow: UnitOfWork, letter: Letter) -> None:
    """The offerer wants its offer back."""
    term = letter.data["term"]
    row = store.offer_of_term(uow.session, letter.case, term["override"], term["n"])
    state = as_state(OfferState, row) if row else None
    decision = offers.answer_ask_back(state, letter.case, letter.data, letter.office)
    if row is not None:
        write_state(row, decision.state)
    uow.apply(decision, letter.case)


def recalled(uow: UnitOfWork, letter: Letter) -> None:
    """A superior took the case or recused this office: everything that says something of it goes."""
    term: Term = letter.data["term"]["override"], letter.data["term"]["n"]
    if not losing.may_recall(letter.office, uow.here):
        uow.note("refused", letter.case, f"case_recalled by {letter.office}")
        return
    row = store.case_locked(uow.session, letter.case)
    if row is not None:
        helpers = following.carried(uow, letter.case)
        decide(uow, row, lambda state, here: losing.on_recalled(state, term, letter.office, here, helpers))
    for offer_row in store.offers_of(uow.session, letter.case):
        pending = as_state(OfferState, offer_row)
        if pending.state == "open" and losing.takes_offer(pending, term):
            write_state(offer_row, pending.closed("recalled"))
    if row is None or row.recalled:
        store.forget(uow.session, letter.case)
    if term == EXCLUDED:
        store.keep_recused(uow.session, letter.case)


def supplemented(uow: UnitOfWork, letter: Letter, rule: Rule) -> None:
    """A supplement of a case that stands here."""
    decide(uow, by_letter(uow, letter), rule)


def by_letter(uow: UnitOfWork, letter: Letter) -> AssignmentCase:
    """The case that a letter of the reporter is about, found by its receipt when the letter names none."""
    row = store.case_locked(uow.session, letter.case) if letter.case else None
    row = row or store.by_receipt(uow.session, letter.data["receipt_hash"])
    if row is None:
        raise Refused("unknown_case", "本机关没有该事项")
    return row
