"""Load, decide, save: the duties that the own assignment publishes, and the rung that a step stands on."""

from contracts.calendar import local_day
from contracts.letters import Letter
from contracts.towns import area_of, town_of
from network.uow import UnitOfWork
from services.supervision.clocks import store as clocks
from services.supervision.duties import rules, store
from services.supervision.ledger.rules import Line


def take_duties(uow: UnitOfWork, letter: Letter) -> None:
    """The duties of a version of the register in place of those before; that version again, or an older, changes nothing."""
    data = letter.data
    if data["serial"] <= store.serial(uow.session):
        return
    store.replace(uow.session, data["serial"], [rules.OfficialDuty(**each) for each in data["duties"]])
    uow.note("duties_kept", data={"version": data["version"], "duties": len(data["duties"])})


def rung(uow: UnitOfWork, who: str, line: Line, answerable: str) -> rules.Rung:
    """The rung and the persons that a step for ``who`` comes to, as the register and the recusals stand now."""
    here = uow.here
    town = town_of(answerable, here.tree)
    at = (town, area_of(town, here.policy))
    return rules.rung_of(who, line.case_id, at, store.duties(uow.session), line.recused, local_day(uow.now))


def move_from_recused(uow: UnitOfWork, line: Line) -> None:
    """Take the case's open steps from persons recused since, and give them to who is left, or to the rung above."""
    for step in clocks.steps_of(uow.session, line.case_id):
        if (
            step.state == "open"
            and step.by == uow.here.office
            and rules.any_veiled(line.case_id, step.persons, line.recused)
        ):
            moved = rung(uow, step.rung, line, step.answerable)
            step.rung, step.persons = moved.name, list(moved.persons)
            uow.note("step_moved", line.case_id, data={"step": step.id, "rung": moved.name})
