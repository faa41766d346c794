"""What the reporter says by receipt reaches the holder and has its effect there. Pure decisions."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from contracts.context import Decision, Here
from contracts.letters import Letter, Tell
from contracts.words import Desk, Proof, SaidWhat, Status
from services.assignment import guards
from services.assignment.handling import settling
from services.assignment.outcome import calling, performing
from services.assignment.state import CaseState


def is_believed(from_office: str, receipt_hash: str, letter: Letter, here: str) -> bool:
    """Whether a saying came the way of the case: from the own intake, or from the office the case was signed from."""
    return letter.office in (here, from_office) and letter.data["receipt_hash"] == receipt_hash


def heard(state: CaseState, data: Mapping[str, Any], here: Here) -> Decision[CaseState]:
    """The holder acts on it; an office that passed the case on passes the saying on to where it went.

    What has no effect where the case stands, or on a discipline report, is a matter for the handler (todo).
    """
    if state.recalled:
        return guards.unheard(state, "reporter_said")
    if state.holder != here.office:
        onward = Tell(state.passed_to, "assignment", "reporter_said", state.case, dict(data))
        return Decision(state, (onward,), "saying_passed_on", "", {"saying": data["saying"]})
    if state.desk == Desk.PETITION and not state.offered_to:
        effect = _effect(state, data["what"], here)
        if effect is not None:
            return replace(effect, data={**effect.data, "saying": data["saying"]})
    said = {"what": data["what"], "saying": data["saying"]}
    return Decision(replace(state, todo=f"said {data['what']}"), (), "reporter_said", "", said)


def _effect(state: CaseState, what: str, here: Here) -> Decision[CaseState] | None:
    """What the saying does to a petition in hand here; None where it does nothing by itself."""
    if what == SaidWhat.WITHDRAW:
        return calling.withdrawn(state, here, Proof.RECEIPT.value) if state.is_open else None
    if what not in (SaidWhat.PERFORMED, SaidWhat.NOT_PERFORMED):
        return None
    done = what == SaidWhat.PERFORMED
    if state.status == Status.SETTLED:
        return settling.confirm(state, here, Proof.RECEIPT.value) if done else settling.refuse(state, here)
    if state.status == Status.CONCLUDED:
        return performing.resolved(state, Proof.RECEIPT, here) if done else performing.disputed(state, here, {})
    return None
