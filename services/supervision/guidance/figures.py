"""Figures of guiding supervision (S75)."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from contracts.context import Here
from contracts.figures import Figure, Wanted
from services.supervision.guidance import store
from services.supervision.guidance.rules import CHOICE, OPINION, STEP


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """Of the guidance orders that this office gave to an office that is wanted, at the actor's desk:

    ``guided_cases``: distinct cases for which it was written down on these days why and with whom the office takes part;
    ``guidance_opinions`` by the day on which they were given; ``joint_steps`` by the day on which they were set,
    ``joint_steps_done`` those of them that are done by now. None with a campaign.
    """
    if wanted.campaign:
        return
    offices = wanted.offices(here)
    mine = [
        each
        for each in store.given(session, here.actor.desk, here.office)
        if each.receiver in offices and wanted.begins <= each.at < wanted.ends
    ]
    steps = [each for each in mine if each.kind == STEP]
    yield Figure("guided_cases", "参与指导的信访事项", len({each.case_id for each in mine if each.kind == CHOICE}))
    yield Figure("guidance_opinions", "指导意见", sum(each.kind == OPINION for each in mine))
    yield Figure("joint_steps", "联合步骤", len(steps))
    yield Figure("joint_steps_done", "其中已完成", sum(each.done_at is not None for each in steps), len(steps))
