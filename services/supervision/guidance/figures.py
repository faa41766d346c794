"""Figures of guiding supervision (S75)."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.figures import Figure, Wanted
from services.supervision.guidance import store
from services.supervision.guidance.rules import CHOICE, OPINION, STEP, Entry
from services.supervision.ledger.figures import kept_from_reader

EVENTS = ("guidance_told", "joint_step_done")


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """Of the guidance orders that this office gave to an office that is wanted, at the actor's desk:

    ``guided_cases``: distinct cases for which it was written down on these days why and with whom the office takes part;
    ``guidance_opinions`` by the day on which they were given; ``joint_steps`` by the day on which they were set,
    ``joint_steps_done`` those of them that are done by now. None with a campaign.
    """
    if wanted.campaign:
        return
    offices = wanted.offices(here)
    kept_from = kept_from_reader(session, here.actor.desk, wanted)
    mine = [
        each
        for each in store.given(session, here.actor.desk, here.office)
        if each.receiver in offices and wanted.begins <= each.at < wanted.ends and each.case_id not in kept_from
    ]
    steps = [each for each in mine if each.kind == STEP]
    cases = sorted({each.case_id for each in mine if each.kind == CHOICE})
    opinions = [each for each in mine if each.kind == OPINION]
    yield Figure("guided_cases", "参与指导的信访事项", len(cases), None, tuple(cases), EVENTS)
    yield _figure("guidance_opinions", "指导意见", opinions)
    yield _figure("joint_steps", "联合步骤", steps)
    yield _figure("joint_steps_done", "其中已完成", [each for each in steps if each.done_at is not None], len(steps))


def _figure(name: str, zh: str, entries: Sequence[Entry], base: int | None = None) -> Figure:
    return Figure(name, zh, len(entries), base, tuple(each.id for each in entries), EVENTS)
