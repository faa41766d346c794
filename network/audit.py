"""Audit: does what stands in an office's database follow from its journal, and the journal from the heads kept above?

Nobody can make a report disappear: a row that was deleted, altered or smuggled in beside the programs differs from the
last hash that the journal has of it; a rewritten or shortened journal differs from the heads that its superiors keep.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from network.journal import GENESIS, broken_links
from network.replay import differences, rows_of
from network.tables import HeadRow, InboxRow, JournalRow, OfficeRow

if TYPE_CHECKING:
    from network.office import OfficeRuntime

Lines = Sequence[Mapping[str, Any]]
HAPPENED = {"altered": "一行被改动", "deleted": "一行被删除", "smuggled": "一行未经系统写入"}


@dataclass(frozen=True)
class Finding:
    """What an audit found. ``what`` is one of broken, head, altered, deleted, smuggled, rewritten, truncated, missing, epoch.

    ``say`` is a Chinese sentence without content of a report; ``seq`` the number of the journal line meant.
    """

    office: str
    what: str
    say: str
    case: str = ""
    table: str = ""
    key: str = ""
    seq: int | None = None

    @property
    def grave(self) -> bool:
        """Whether somebody has to look: an office restored from a backup only says so."""
        return self.what != "epoch"

    def as_dict(self) -> dict[str, Any]:
        return {**asdict(self), "grave": self.grave}


@dataclass(frozen=True, order=True)
class Head:
    """A journal head: the hash of line ``seq``, written in ``epoch``."""

    epoch: int
    seq: int
    hash: str


def audit_office(office: "OfficeRuntime", heads: Iterable[Head] = (), told: Iterable[str] = ()) -> list[Finding]:
    """What is wrong in the office's own database.

    In: ``heads`` that offices above kept of it, and the cases it ``told`` them of. After a restore each of these cases
    has to be in the journal again; before one, a missing case shows as a difference from the heads.
    """
    with office.reading() as session:
        _see_one_state(session)
        lines = sorted(rows_of(session, JournalRow), key=lambda line: line["seq"])
        return [
            *_chain(office.id, lines),
            *_own_head(office.id, lines, session.get(OfficeRow, office.id)),
            *_rows(office.id, lines, session),
            *check_heads(office.id, lines, heads),
            *_not_returned(office.id, lines, told),
        ]


def kept_heads(session: Session, office: str, newest: int | None = None) -> list[Head]:
    """The heads kept here of an office below, the ``newest`` of them (all for None)."""
    query = select(HeadRow).where(HeadRow.office == office).order_by(HeadRow.epoch.desc(), HeadRow.seq.desc())
    return [Head(row.epoch, row.seq, row.hash) for row in session.scalars(query.limit(newest))]


def told_cases(session: Session, office: str) -> set[str]:
    """The cases that an office told this one of."""
    query = select(InboxRow.case_id).where(InboxRow.office == office, InboxRow.case_id != "")
    return set(session.scalars(query.distinct()))


def check_heads(office: str, lines: Lines, heads: Iterable[Head]) -> list[Finding]:
    """Rewritten, truncated or restored: where the journal ``lines`` (by number) differ from heads kept elsewhere.

    Work done between a backup and its restore is cut off by the epoch that the restored office raises: its heads have
    no line, or meet the first lines after the restore, which still bore the old epoch. Whoever changes an earlier line
    changes the hash of every later one, so that a head of the newest epoch gives him away.
    """
    known = {line["seq"]: line for line in lines}
    starts = _epoch_starts(lines)
    agreeing, differing, missing = _compared(known, heads)
    agreed = {head.epoch: head.seq for head in sorted(agreeing)}
    lost, rewritten = dict.fromkeys(starts, 0), []
    for head in (*differing, *missing):
        cut_by = next((epoch for epoch in starts if epoch > head.epoch), None)
        if cut_by is not None and head.seq > agreed.get(head.epoch, 0):
            lost[cut_by] += 1
        elif head.seq in known:
            rewritten.append(head.seq)
    return [
        *(_restored(office, epoch, start, lost[epoch]) for epoch, start in starts.items()),
        *_differing(office, known, sorted(rewritten)),
        *_truncated(office, max(known, default=0), [head.seq for head in missing if _is_newest(head, starts)]),
    ]


def _compared(
    known: Mapping[int, Mapping[str, Any]], heads: Iterable[Head]
) -> tuple[list[Head], list[Head], list[Head]]:
    agreeing: list[Head] = []
    differing: list[Head] = []
    missing: list[Head] = []
    for head in set(heads):
        line = known.get(head.seq)
        if line is None:
            missing.append(head)
        else:
            (agreeing if (line["epoch"], line["hash"]) == (head.epoch, head.hash) else differing).append(head)
    return agreeing, differing, missing


def _is_newest(head: Head, starts: Mapping[int, int]) -> bool:
    return all(epoch <= head.epoch for epoch in starts)


def _epoch_starts(lines: Lines) -> dict[int, int]:
    """Epochs after the first, in order → the number of their first line."""
    starts: dict[int, int] = {}
    for line in lines:
        if isinstance(line["epoch"], int) and line["epoch"] > 1:
            starts.setdefault(line["epoch"], line["seq"])
    return dict(sorted(starts.items()))


def _restored(office: str, epoch: int, start: int, lost: int) -> Finding:
    before = f";上级留存的 {lost} 个日志头属于备份之后、恢复之前" if lost else ""
    return Finding(office, "epoch", f"曾从备份恢复:自日志第 {start} 行起为第 {epoch} 代{before}", seq=start)


def _differing(office: str, known: Mapping[int, Mapping[str, Any]], rewritten: Sequence[int]) -> Iterator[Finding]:
    if rewritten:
        first = rewritten[0]
        say = f"日志第 {first} 行或其前被改写:与上级留存的 {len(rewritten)} 个日志头不一致"
        yield Finding(office, "rewritten", say, case=known[first]["case_id"] or "", seq=first)


def _truncated(office: str, last: int, missing: Sequence[int]) -> Iterator[Finding]:
    if missing:
        say = f"日志缺行:本库到第 {last} 行,上级留存到第 {max(missing)} 行"
        yield Finding(office, "truncated", say, seq=min(missing))


def _not_returned(office: str, lines: Lines, told: Iterable[str]) -> Iterator[Finding]:
    if _epoch_starts(lines):
        for case in sorted(set(told) - {line["case_id"] for line in lines}):
            yield Finding(office, "missing", "恢复之后仍缺一件事项,上级有其来信", case=case)


def _see_one_state(session: Session) -> None:
    """Rows and journal of the same moment; SQLite's reading transactions are so by themselves."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))


def _chain(office: str, lines: Lines) -> Iterator[Finding]:
    cases = {line["seq"]: line["case_id"] or "" for line in lines}
    for seq in broken_links(lines):
        yield Finding(office, "broken", f"日志第 {seq} 行被改动,或其前有缺行", case=cases[seq], seq=seq)


def _own_head(office: str, lines: Lines, row: OfficeRow | None) -> Iterator[Finding]:
    last = (lines[-1]["seq"], lines[-1]["hash"]) if lines else (0, GENESIS)
    if row is not None and (row.journal_seq, row.journal_hash) != last:
        yield Finding(office, "head", f"日志止于第 {last[0]} 行,应止于第 {row.journal_seq} 行", seq=row.journal_seq)
    if row is None and lines:
        yield Finding(office, "head", "日志头记录缺失", seq=last[0])


def _rows(office: str, lines: Lines, session: Session) -> Iterator[Finding]:
    for found in differences(session, lines):
        say = f"表 {found.table} 的{HAPPENED[found.what]}({found.key})"
        yield Finding(office, found.what, say, case=found.case, table=found.table, key=found.key)
