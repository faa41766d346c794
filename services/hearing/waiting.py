"""What is due and waiting at a desk, as far as hearing knows: the desk puts it beside what the other services know."""

from typing import Any

from sqlalchemy.orm import Session

from contracts.context import Actor
from services.hearing import views
from services.hearing.records import acts as papers
from services.hearing.reviews import store as reviews
from services.hearing.sessions import store as sessions


def lists(session: Session, actor: Actor) -> dict[str, Any]:
    """Reviews under way and late requests for one, the most pressing first; hearings that are called, the next first;
    minutes that are not signed; terms of agreements that nobody confirmed as performed, the first due first.
    """
    called = [each for each in sessions.listed(session, actor.desk) if each.state == "open"]
    return {
        "reviews": [views.review(each) for each in reviews.undecided(session, actor.desk)],
        "sessions": [views.hearing(each) for each in reversed(called)],
        **papers.waiting(session, actor.desk),
    }
