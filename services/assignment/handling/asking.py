"""Asking the reporter back (S58). Pure decisions of the holder."""

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.telling import progress
from contracts.words import Desk
from services.assignment import guards
from services.assignment.state import CaseState

ASKED = "asked"


def ask(state: CaseState, question: str, here: Here) -> Decision[CaseState]:
    """Put a question on the status page of the receipt; it is answered by a supplement. Raises Refused.

    What stands there whoever holds the receipt can read, and the portal keeps it in the clear: of a sealed report nothing of its
    content may be asked, so the discipline desk chooses among the policy's neutral questions.
    """
    guards.held(state, here)
    guards.open_case(state)
    neutral = here.policy.neutral_questions
    if state.desk == Desk.DISCIPLINE and question not in neutral:
        raise Refused("not_neutral", "检举控告只能选用中性问题", {"question": [f"可选: {'；'.join(neutral)}"]})
    return Decision(state, (progress(state, ASKED, here, note=question),), ASKED)
