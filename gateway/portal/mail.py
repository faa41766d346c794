"""The portal's post: what the offices tell the public, kept as a read model. Runs in a node, not in the web program."""

from sqlalchemy import exists, or_, select

from contracts.errors import Refused
from contracts.letters import Letter
from contracts.words import Desk
from gateway.portal import hearings, leaders
from gateway.portal.models import ChannelRow, FiledRow, StepRow
from network.offices import PORTAL
from network.service import Service, handles
from network.uow import UnitOfWork


class PortalMail(Service):
    """The one service of office "portal"."""

    name = PORTAL

    @handles("case_progress")
    def on_case_progress(self, uow: UnitOfWork, letter: Letter) -> None:
        """A step of a case's public status. One row per letter: read again from the letters, the table is the same.

        A matter that goes on as another case (a petition that was sealed) has its further steps under that one.
        """
        if uow.session.get(StepRow, letter.id) is not None:
            return
        filed = uow.session.get(FiledRow, letter.data["receipt_hash"])
        if filed is not None and filed.case != letter.case:
            raise Refused("other_case", "查询码属于另一件事项")
        if letter.data["desk"] != Desk.DISCIPLINE and self._is_sealed(uow, letter.data["receipt_hash"]):
            raise Refused("sealed", "查询码属于密封的事项")
        case = letter.data["as_case"] or letter.case
        if filed is not None:
            filed.case = case
        told = ("receipt_hash", "desk", "entry_office", "step", "at", "tier", "office", "number", "due", "how", "note")
        values = {name: letter.data[name] for name in told}
        uow.session.add(StepRow(letter=letter.id, case=case, **values))
        uow.note("case_progress", letter.case, data={"step": letter.data["step"]})

    @handles("board_published")
    def on_board_published(self, uow: UnitOfWork, letter: Letter) -> None:
        """A leader who can be seen by name."""
        leaders.take(uow, letter)

    @handles("hearing_published")
    def on_hearing_published(self, uow: UnitOfWork, letter: Letter) -> None:
        """A public hearing, or a terminating opinion without persons."""
        hearings.take(uow, letter)

    @handles("channel_published")
    def on_channel_published(self, uow: UnitOfWork, letter: Letter) -> None:
        """A channel of the office that tells it, and of no other (S16, S18). An older word changes nothing."""
        known = uow.session.get(ChannelRow, letter.data["channel"])
        if letter.office not in {office.id for office in uow.office.tree.network_offices()} - {PORTAL}:
            raise Refused("unknown_office", f"{letter.office} 不是区内机构")
        if known is not None and known.office != letter.office:
            raise Refused("not_yours", "该渠道属于另一单位")
        if known is None:
            uow.session.add(ChannelRow(office=letter.office, **letter.data))
        elif known.rev < letter.data["rev"]:
            for name, value in letter.data.items():
                setattr(known, name, value)
        uow.note("channel_published", data={"channel": letter.data["channel"], "rev": letter.data["rev"]})

    @staticmethod
    def _is_sealed(uow: UnitOfWork, receipt_hash: str) -> bool:
        """Whether the matter of a receipt is a discipline report: then it never becomes an open one again."""
        sealed = Desk.DISCIPLINE.value
        filed = exists().where(FiledRow.receipt_hash == receipt_hash, FiledRow.desk == sealed)
        told = exists().where(StepRow.receipt_hash == receipt_hash, StepRow.desk == sealed)
        return bool(uow.session.scalar(select(or_(filed, told))))
