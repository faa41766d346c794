"""Hearings: called on petitions in hand, held or put off, of one matter or several."""

from collections.abc import Sequence
from datetime import date, timedelta

from shangda.simulate.acts import answer_of
from shangda.simulate.casework import Petition
from shangda.simulate.people import EVENING, MORNING, People

PANEL = [
    {"name": f"参加人{number}", "role": role}
    for number, role in enumerate(("host", "recorder", "deputy", "petition_office", "petitioner", "other_party"), 1)
]
GATES = ("findings", "opinion", "questions", "agreement")
NOTICE_DAYS = 8
NOON = 12
LATER = 90


class Hearing:
    """A hearing at the office that has the cases in hand."""

    def __init__(self, people: People) -> None:
        self.people = people

    def hold(self, petitions: Sequence[Petition], called: date, *, put_off: bool = False, decoy: str = "") -> date:
        """Called on a day and held after the days of notice; ``put_off`` once by as many again → the day it was held."""
        first, held = petitions[0], called + timedelta(days=NOTICE_DAYS)
        data = {"case": first.case, "form": "face_to_face", "place": "会议室", "panel": PANEL, "for_level": "handling"}
        data |= {
            "investigation_report": "调查报告",
            "report_text": "已查明",
            "further": [each.case for each in petitions[1:]],
        }
        data["planned_at"] = self.people.day(held).isoformat()
        does = self.people.does
        opened = does(self.people.day(called, EVENING + 1), first.office, "hearing.open_hearing", data, decoy=decoy)
        session = answer_of(opened.id, "session")
        if put_off:
            again = held + timedelta(days=NOTICE_DAYS)
            said = {"session": session, "planned_at": self.people.day(again).isoformat(), "reason": "当事人外出"}
            does(self.people.day(held, MORNING - 1), first.office, "hearing.adjourn_hearing", said, decoy=decoy)
            held = again
        at = self.people.day(held, NOON)
        for gate in GATES:
            does(at, first.office, "hearing.record_gate", {"session": session, "gate": gate, "content": "当场公布"})
        answers = [{"name": each["name"], "asks": False} for each in PANEL]
        does(at, first.office, "hearing.ask_recusal", {"session": session, "answers": answers})
        terms = [{"what": "付款", "due": (held + timedelta(days=LATER)).isoformat()}]
        done = {"session": session, "minutes": "笔录", "agreement": {"terms": terms}}
        done["resolved"] = [each.case for each in petitions]
        does(at, first.office, "hearing.complete_hearing", done)
        read = does(at, first.office, "hearing.get_session", {"session": session}, reads=True)
        signed = [{"name": each["name"], "signed": True} for each in PANEL]
        signatures = {"session": session, "digest": answer_of(read.id, "record.digest"), "signatures": signed}
        does(at, first.office, "hearing.sign_minutes", signatures)
        return held
