"""Figures of the promise book, counted from activities, here and below."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from contracts.activities import ActivityKind
from contracts.context import Here
from contracts.figures import Figure, Wanted
from contracts.promises import PromiseState
from services.intake.activities import store


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """Promises made in these days; of these, what the person said by now: kept, broken. The rest is unconfirmed."""
    made = store.counted(session, here, wanted, [ActivityKind.PROMISE])
    yield Figure("promises", "作出承诺", len(made))
    yield Figure("promises_kept", "其中已兑现", sum(each.result == PromiseState.KEPT for each in made), len(made))
    yield Figure("promises_broken", "其中未兑现", sum(each.result == PromiseState.BROKEN for each in made), len(made))
