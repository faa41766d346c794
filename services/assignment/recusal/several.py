"""Several offices recused at once, because of who is accused. Pure."""

from collections.abc import Iterable
from dataclasses import replace

from contracts.context import Decision, Here
from contracts.letters import Tell
from contracts.telling import milestone
from services.assignment.recusal.rules import EXCLUDED, asking_back, is_below, recall, take_over
from services.assignment.state import CaseState


def exclude_several(state: CaseState, offices: Iterable[str], here: Here, what: str) -> Decision[CaseState]:
    """Recuse ``offices`` from the case; ``what`` is the milestone's word when it stays where it is.

    If one of them holds it below, or was just offered it, it is taken over. One below that had a word of it gets the
    neutral recall. Where the holder below is not meant, it is told to keep away from them.
    """
    fresh = tuple(office for office in dict.fromkeys(offices) if office not in state.excluded)
    losers = (state.offered_to, state.holder)
    if any(office in losers and is_below(office, here) for office in fresh):
        taken = take_over(state, fresh, here, "回避")
        had_word = [office for office in fresh if office in state.seen and office not in (*losers, state.passed_to)]
        return replace(taken, tells=(*taken.tells, *recall(had_word, state, EXCLUDED, here)))
    after = replace(state, excluded=(*state.excluded, *fresh))
    tells = [*recall([office for office in fresh if office in state.seen], state, EXCLUDED, here)]
    if state.holder == here.office:
        tells += [*milestone(after, what, here), *asking_back(after, fresh)]
    elif fresh:
        tells.append(Tell(state.holder, "assignment", "case_excluded", state.case, {"excluded": list(fresh)}))
    return Decision(after, tuple(tells), what, "", {"offices": list(fresh)})
