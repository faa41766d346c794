"""Figures and ledgers of a service: two queries that every service has alike. Rooms say what they count and export."""

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy.orm import Session

from contracts.commands import figures as asked
from contracts.context import Actor, Here
from contracts.errors import NotFound, Refused
from contracts.figures import CountFigures, Figure, Ledger, Wanted
from contracts.letters import Letter, Tell
from contracts.small_counts import guarded
from contracts.words import Desk
from network.service import Service, handles, query
from network.uow import UnitOfWork


class ReportingRoom(Service):
    """``FIGURES`` and ``LEDGERS`` are set by the service. Both are the petition desk's: sealed reports are in none of them.

    The discipline desk has ``DISCIPLINE_FIGURES``, without the small counts of a unit smaller than the district.
    """

    FIGURES: ClassVar[tuple[CountFigures, ...]] = ()
    DISCIPLINE_FIGURES: ClassVar[tuple[CountFigures, ...]] = ()
    LEDGERS: ClassVar[tuple[Ledger, ...]] = ()

    @handles("figures_wanted")
    def on_figures_wanted(self, uow: UnitOfWork, letter: Letter) -> None:
        """Count for a report of the own supervision: each office with all below it, as that office may read it."""
        data, here = letter.data, uow.here
        named = {name: data[name] for name in ("report", "about")}
        counts = [{"office": office, "figures": self._counted(uow, office, data)} for office in data["offices"]]
        told = {**named, "service": self.name, "counts": counts}
        uow.tell(Tell(here.office, "supervision", "figures_counted", "", told))
        uow.note("figures_counted", data={**named, "offices": len(counts)})

    def _counted(self, uow: UnitOfWork, office: str, data: Mapping[str, Any]) -> list[dict[str, Any]]:
        here = uow.here
        wanted = Wanted(data["since"], data["until"], "", office, "" if office == here.office else office)
        return [each.whole() for count in self.FIGURES for each in count(uow.session, here, wanted)]

    @query(asked.Figures)
    def figures(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        if actor.desk == Desk.DISCIPLINE:
            here, wanted = _wanted(self, actor, data)
            found = [each for count in self.DISCIPLINE_FIGURES for each in _guarded(count, session, here, wanted)]
        else:
            here, wanted = wanted_by(self, actor, data)
            found = [each for count in self.FIGURES for each in count(session, here, wanted)]
        return {"figures": [each.plain() for each in found]}

    @query(asked.Export)
    def export(self, session: Session, actor: Actor, data: Mapping[str, Any]) -> dict[str, Any]:
        here, wanted = wanted_by(self, actor, data)
        ledger = next((each for each in self.LEDGERS if each.name == data["ledger"]), None)
        if ledger is None:
            names = "、".join(each.name for each in self.LEDGERS)
            raise Refused("unknown_ledger", "没有这一种台账", {"ledger": [f"可选: {names}"]})
        rows = list(ledger.rows(session, here, wanted))
        page = rows[data["after"] : data["after"] + data["limit"]]
        following = data["after"] + len(page)
        return {
            "ledger": ledger.name,
            "zh": ledger.zh,
            "columns": [list(column) for column in ledger.columns],
            "rows": [[row[key] for key, _ in ledger.columns] for row in page],
            "next": following if following < len(rows) else None,
        }


def wanted_by(service: Service, actor: Actor, data: Mapping[str, Any]) -> tuple[Here, Wanted]:
    """What a query about days wants. Raises NotFound at the discipline desk, Refused for an office that is not below."""
    if actor.desk != "petition":
        raise NotFound("该统计")
    return _wanted(service, actor, data)


def _guarded(count: CountFigures, session: Session, here: Here, wanted: Wanted) -> list[Figure]:
    return guarded(lambda each: count(session, here, each), here, wanted)


def _wanted(service: Service, actor: Actor, data: Mapping[str, Any]) -> tuple[Here, Wanted]:
    here = service.office.here(actor, service.office.now())
    wanted = Wanted(data["since"], data["until"], data["campaign"], data["office"])
    below = {here.office, *(office.id for office in here.tree.descendants(here.office))}
    if wanted.office and wanted.office not in below:
        raise Refused("not_below", "只能查看本单位及下级", {"office": ["不是本单位或者下级"]})
    return here, wanted
