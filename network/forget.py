"""What the post itself keeps of a case is forgotten when the case is recalled from an office (design.md section 4, Recusal)."""

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from network.tables import CommandRow, InboxRow, OutboxRow

HELD = ("parked", "retry", "blocked")


def forget_letters(session: Session, case: str) -> None:
    """Empty the letters about ``case`` that were applied, and those acknowledged: were one sent again, it would be void.

    Held ones are discarded: they came before the recall. What commands answered about the case goes as well.
    """
    if not case:
        return
    applied = select(InboxRow).where(InboxRow.case_id == case, InboxRow.state == "applied", InboxRow.body.is_not(None))
    for letter in session.scalars(applied):
        letter.body = emptied(letter.body or {}, letter.id)
    for letter in session.scalars(select(InboxRow).where(InboxRow.case_id == case, InboxRow.state.in_(HELD))):
        letter.state, letter.body = "discarded", emptied(letter.body or {}, letter.id)
    for answered in session.scalars(
        select(CommandRow).where(cast(CommandRow.result, Text).contains(case, autoescape=True))
    ):
        answered.result = {"case": case}
    acked = select(OutboxRow).where(OutboxRow.case_id == case, OutboxRow.state == "acked")
    for sent in session.scalars(acked):
        sent.type, sent.body = "void", emptied(sent.body, sent.id)


def emptied(body: dict[str, object], letter_id: str) -> dict[str, object]:
    """The letter without what it said; it keeps its number in its stream."""
    return {**body, "type": "void", "data": {"of": letter_id}, "copy": None}
