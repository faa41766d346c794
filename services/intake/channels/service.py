"""Channels of the office, who minds them, and the coverage of the network. Entrypoints only."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from contracts.calendar import local_day
from contracts.commands.intake import channels as asked
from contracts.commands.parts import Nothing
from contracts.context import Actor
from contracts.errors import Refused
from contracts.figures import Wanted
from contracts.letters import Letter
from network.service import Service, command, handles, query
from network.uow import UnitOfWork
from services.intake.channels import acts, coverage, rules, store, views
from services.intake.channels.figures import TIERS, existing

Cmd = dict[str, Any]


class ChannelsRoom(Service):
    """The entrypoints of this room; ``IntakeService`` has them all."""

    @command(asked.SetChannel)
    def set_channel(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.set_up(uow, cmd)

    @command(asked.CloseChannel)
    def close_channel(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.close(uow, cmd)

    @command(asked.SetStaff)
    def set_staff(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.staff(uow, cmd)

    @command(asked.SetAbsence)
    def set_absence(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.absent(uow, cmd)

    @command(asked.EndAbsence)
    def end_absence(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        return acts.back(uow, cmd)

    @command(asked.ImportChannels)
    def import_channels(self, uow: UnitOfWork, cmd: Cmd) -> Cmd:
        rules.by_head(uow.here)
        return acts.imported(uow, cmd)

    @handles("channel_told")
    def on_channel_told(self, uow: UnitOfWork, letter: Letter) -> None:
        acts.told(uow, letter)

    @query(asked.Channels)
    def channels(self, session: Session, _actor: Actor, data: Cmd) -> Cmd:
        office = data["office"] or self.office.id
        if office not in self._from_here_down():
            raise Refused("not_below", "只能查看本单位及下级", {"office": ["不是本单位或者下级"]})
        found = (store.versions if data["history"] else store.current)(session, {office})
        return {"channels": [views.shown(each, self._today()) for each in found]}

    @query(Nothing)
    def absences(self, session: Session, _actor: Actor, _data: Cmd) -> Cmd:
        return {"absences": [vars(each) for each in store.absences(session)]}

    @query(Nothing)
    def channel_alerts(self, session: Session, _actor: Actor, _data: Cmd) -> Cmd:
        channels = store.current(session, self._from_here_down())
        return {"alerts": list(views.alerts(channels, self.office.tree, self._today()))}

    @query(asked.ChannelReports)
    def channel_reports(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        rules.of_petitions(actor)
        found = views.answered(store.reports(session, Wanted(data["since"], data["until"])), None)
        return {"channels": list(views.reports(store.current(session, {self.office.id}), found))}

    @query(asked.NetworkCoverage)
    def network_coverage(self, session: Session, actor: Actor, data: Cmd) -> Cmd:
        offices = existing(self.office.here(actor, self.office.now()), self._today())
        offices = {each: tier for each, tier in offices.items() if data["tier"] in ("", tier)}
        found = coverage.reached(offices, store.current(session, offices), self._today())
        shown = [views.reached(each, self.office.tree) for each in found if not (data["gaps_only"] and each.covered)]
        tiers = [_counted(tier, [each for each in found if each.tier == tier]) for tier in TIERS]
        whole = _counted("", found)
        return {"offices": shown, "covered": whole["covered"], "should": whole["should"], "tiers": tiers}

    def _from_here_down(self) -> frozenset[str]:
        tree = self.office.tree
        return frozenset((self.office.id, *(each.id for each in tree.descendants(self.office.id))))

    def _today(self) -> date:
        return local_day(self.office.now())


def _counted(tier: str, found: Any) -> Cmd:
    return {"tier": tier, "covered": sum(each.covered for each in found), "should": len(found)}
