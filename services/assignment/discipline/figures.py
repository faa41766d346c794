"""Figures of discipline reports by what they are about, for the discipline desk alone (S83, S84)."""

from collections.abc import Iterator, Sequence

from sqlalchemy.orm import Session

from contracts.commands.assignment.discipline import NATURES, OBJECTS
from contracts.context import Here
from contracts.figures import Figure, Wanted
from services.assignment.discipline import store
from services.assignment.discipline.models import AssignmentTags

NATURES_ZH = {"incipient": "苗头性问题", "tendency": "倾向性问题", "other": "其他问题"}
OBJECTS_ZH = {"party_member": "反映党员", "cadre": "反映干部", "other": "反映其他对象"}


def figures(session: Session, here: Here, wanted: Wanted) -> Iterator[Figure]:
    """Of discipline reports entered in these days that this office knows, held by an office that is wanted; recalled ones apart.

    ``discipline_reports``: all of them, repeats too. By the tags that this desk gave: ``tagged_reports``, and of these
    ``nature_…`` and ``object_…`` one each, ``rule_…`` and ``violation_…`` as many as the desk said, so that shares need not add
    to the whole. A campaign has no discipline reports: of one, everything is 0.
    """
    offices = wanted.offices(here)
    found = [] if wanted.campaign else store.with_tags(session, wanted.begins, wanted.ends)
    mine = [(row, tags) for row, tags in found if row.holder in offices]
    tagged = [tags for _, tags in mine if tags is not None]
    yield Figure("discipline_reports", "检举控告(件)", len(mine))
    yield Figure("tagged_reports", "其中已标注", len(tagged))
    yield from _by_one(tagged)
    for name, zh in here.policy.rule_sets.items():
        yield Figure(f"rule_{name}", f"反映违反{zh}", sum(name in tags.rule_sets for tags in tagged))
    for code, zh in here.policy.violations.items():
        yield Figure(f"violation_{code}", f"反映{zh}", sum(code in tags.violations for tags in tagged))


def _by_one(tagged: Sequence[AssignmentTags]) -> Iterator[Figure]:
    """The words of which a report has exactly one."""
    for nature in NATURES:
        count = sum(tags.nature == nature for tags in tagged)
        yield Figure(f"nature_{nature}", NATURES_ZH[nature], count, part_of="tagged_reports")
    for each in OBJECTS:
        yield Figure(f"object_{each}", OBJECTS_ZH[each], sum(tags.object == each for tags in tagged))
