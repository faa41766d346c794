"""The parts of a district's policy: clocks, ladder steps, categories, wording. Values only."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from contracts.calendar import Days, WorkingDaysCount, step_at

AcceptingTier = Literal["town", "district", "city"]
Who = Literal[
    "holder",
    "nearest",
    "town",
    "district",
    "leaders",
    "bulletin",
    "town_desk",
    "district_discipline",
    "area_holder",
    "secretary",
    "city",
]


@dataclass(frozen=True)
class Clock:
    """One clock of the law or of practice. `days` is None where the sender sets the term (K11).

    `starts`, `stops` and `pauses` are milestone words; with `needs_contact` (does not run where name or address are
    unknown) and `times` they say for readers what the rules of the services do, and changing them changes no behaviour.
    `of` says whose time it is: an office's, or the reporter's right that lapses (K7, K9), which climbs no ladder.
    `extends` names the clock that this one lengthens (K6). `remind` is the offset of the reminder in the clock's own
    kind of days, where the ladder's own would not fit.
    """

    id: str
    name: str
    source: str
    days: Days | None
    starts: str
    stops: tuple[str, ...]
    of: Literal["office", "reporter"] = "office"
    needs_contact: bool = False
    pauses: tuple[str, ...] = ()
    extends: str = ""
    times: int = 0
    remind: int | None = None

    @property
    def working(self) -> bool:
        """Whether it counts working days."""
        return isinstance(self.days, WorkingDaysCount)


@dataclass(frozen=True)
class Step:
    """One step of a ladder: `offset` days after the due moment (before it when negative), and who is told."""

    name: str
    zh: str
    offset: int
    who: Who
    working: bool = False

    def at(self, due_at: datetime) -> datetime:
        """When the step is reached: the end of its day."""
        return step_at(due_at, self.offset, working=self.working)

    def fitted(self, clock: Clock) -> "Step":
        """A reminder in the clock's own measure: three days ahead is too early for a clock of three days."""
        if self.offset >= 0 or clock.remind is None:
            return self
        return replace(self, offset=clock.remind, working=clock.working)


@dataclass(frozen=True)
class Area:
    """An area (片区, S64): the towns in it, and the offices that handle what none of them may."""

    name: str
    towns: tuple[str, ...]
    designated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Slot:
    """A seat (席位) of a town's 3+2 group (S28, S29): by which duty it is taken, and which ranks and posts fit.

    A post fits when one of its parts has a word of ``posts`` in it and none of ``barred``. ``in_town`` posts are held at
    the town itself, others at the district.
    """

    zh: str
    duty: str
    ranks: tuple[str, ...]
    posts: tuple[str, ...]
    barred: tuple[str, ...] = ()
    in_town: bool = False


@dataclass(frozen=True)
class Subcategory:
    """A second-level name of the catalogue."""

    code: str
    zh: str


@dataclass(frozen=True)
class Category:
    """One of the 17 classes (S37), its second level, and the offices that answer for it (谁主管)."""

    code: str
    zh: str
    en: str
    owner_name: str
    owners: tuple[str, ...]
    keywords: tuple[str, ...]
    confidential: bool
    second: tuple[Subcategory, ...]


@dataclass(frozen=True)
class Wording:
    """What a citizen reads, in both languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class ReviewOrgans:
    """Who reviews an opinion (art. 35) and reviews it finally (art. 36): a tier of the own line, or a body's id."""

    review: str
    final_review: str


@dataclass(frozen=True)
class Retention:
    """How long a closed file is kept (保管期限): so many years, or for good where ``years`` is None."""

    zh: str
    years: int | None


@dataclass(frozen=True)
class VisitTrigger:
    """So many collective visits to the city over one matter within so many days propose an alert (S39)."""

    count: int
    days: int


@dataclass(frozen=True)
class DisciplineRule:
    """A slot of the district's discipline rules (八条纪律规定, S38). ``text`` "" where the district has not set it.

    ``trigger`` names what puts it before a person: "city_visits" (S39), "watch_list" (S41), or "" for nothing.
    """

    number: int
    text: str = ""
    trigger: str = ""


@dataclass(frozen=True)
class Lateness:
    """A warning level: holds until `below` percent of the term have passed; the last one has none."""

    name: str
    zh: str
    below: int | None
