"""``shangda audit``: every office of this machine against what its superiors here keep; remote ones answer a letter."""

import time
from collections.abc import Iterable, Mapping

from sqlalchemy import select

from contracts.context import Actor
from network.audit import Finding, audit_office, kept_heads, told_cases
from network.ids import new_id
from network.office import OfficeRuntime
from services.supervision.orders.models import AuditRow
from services.supervision.orders.work import request_audit

LOOK_AGAIN_SECONDS = 0.5


def audit_here(offices: Mapping[str, OfficeRuntime], ids: Iterable[str]) -> list[Finding]:
    """The findings of offices whose databases are on this machine."""
    return [finding for id_ in ids for finding in _audit(offices, offices[id_])]


def _audit(offices: Mapping[str, OfficeRuntime], office: OfficeRuntime) -> list[Finding]:
    heads, told = [], set()
    for above in office.tree.ancestors(office.id):
        if above.id in offices:
            with offices[above.id].reading() as session:
                heads += kept_heads(session, office.id)
                told |= told_cases(session, office.id)
    return audit_office(office, heads, told)


def ask_remote(district: OfficeRuntime, ids: Iterable[str], actor: Actor) -> dict[str, str]:
    """Ask each remote office for its own audit, through the district's supervision: audit id → office."""
    asked = {}
    for office in ids:
        audit = new_id()
        with district.uow("supervision", actor) as uow:
            request_audit(uow, audit, office)
        asked[audit] = office
    return asked


def answers(district: OfficeRuntime, asked: Mapping[str, str], wait: float) -> list[Finding]:
    """What they answered within ``wait`` seconds; silence is a finding."""
    deadline = time.monotonic() + wait
    while (rows := _answered(district, asked)).keys() != asked.keys() and time.monotonic() < deadline:
        time.sleep(LOOK_AGAIN_SECONDS)
    found = [_finding(row.office, words) for row in rows.values() for words in row.findings]
    silent = [office for audit, office in asked.items() if audit not in rows]
    return found + [Finding(office, "silent", f"没有在 {wait:.0f} 秒内答复自查要求") for office in silent]


def _answered(district: OfficeRuntime, asked: Mapping[str, str]) -> dict[str, AuditRow]:
    query = select(AuditRow).where(AuditRow.id.in_(list(asked)), AuditRow.answered_at.is_not(None))
    with district.reading() as session:
        return {row.id: row for row in session.scalars(query)}


def _finding(office: str, words: Mapping[str, object]) -> Finding:
    """A finding as a letter brought it; the office is the one that answered, whatever the letter says."""
    text = {name: str(words.get(name) or "") for name in ("what", "say", "case", "table", "key")}
    seq = words.get("seq")
    return Finding(office=office, seq=seq if isinstance(seq, int) else None, **text)
