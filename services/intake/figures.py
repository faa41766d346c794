"""Figures of the register: collective visits by band, and what reporters said; counted from activities, here and below."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from contracts.activities import Activity, ActivityKind
from contracts.context import Here
from contracts.figures import Figure, Wanted
from contracts.words import Rating
from services.intake.activities import store

CONTENT = (Rating.SATISFIED, Rating.FAIR)


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """Collective visits count where they were registered, in batches (批次) and people (人次). A case is rated once, by its
    latest rating; satisfied are 满意 and 基本满意 of all rated."""
    yield from collective(store.counted(session, here, wanted, [ActivityKind.COLLECTIVE_VISIT]), here)
    rated = store.counted(session, here, wanted, [ActivityKind.RATING])
    yield Figure("rated", "参评", len(rated))
    yield Figure("satisfied", "满意率", sum(each.rating in CONTENT for each in rated), len(rated))


def collective(visits: Sequence[Activity], here: Here) -> Iterator[Figure]:
    """In all, and by the policy's bands of people."""
    yield Figure("collective_batches", "集体访批次", len(visits))
    yield Figure("collective_people", "集体访人次", sum(each.count for each in visits))
    bands = here.policy.collective_bands
    for least, following in zip(bands, (*bands[1:], None), strict=True):
        within = [each for each in visits if each.count >= least and (following is None or each.count < following)]
        name = f"{least}人以上" if following is None else f"{least}至{following - 1}人"
        yield Figure(f"collective_{least}_batches", f"集体访{name}批次", len(within), len(visits))
