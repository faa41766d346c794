"""The sample reports R01–R28 as stories in the order of their days, and one clock that everybody misses."""

from shangda.demo.looking import Story
from shangda.demo.stories import closing, collective, discipline, district, edges, escalation, street, village

STORIES: tuple[Story, ...] = (
    village.R01,
    village.R02,
    discipline.R03,
    discipline.R04,
    discipline.R05,
    street.R06,
    collective.R07,
    street.R11,
    collective.R08,
    village.R12,
    collective.R09,
    district.R13,
    discipline.R14,
    collective.R10,
    discipline.R15,
    district.R16,
    edges.R17,
    district.R18,
    district.R19,
    edges.R21,
    edges.R22,
    closing.R23,
    discipline.R24,
    discipline.R26,
    edges.R27,
    edges.R28,
    collective.R07_ANSWERED,
    closing.R25,
    collective.R20,
    escalation.E01,
)
