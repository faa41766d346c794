"""Offices without databases or network: each keeps the state its rules gave, letters wait in streams."""

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from contracts.context import Decision, Here
from contracts.errors import Refused
from contracts.events import EVENTS
from contracts.letters import Tell
from network.journal import canonical
from services.assignment.handling import rules as handling
from services.assignment.holding import offers
from services.assignment.holding import rules as holding
from services.assignment.recusal import losing
from services.assignment.recusal import rules as recusal
from services.assignment.state import CaseState, OfferState, Term
from tests.services.assignment.cases import CASE, DEPARTMENT, DISTRICT, MON, TOWN, VILLAGE, file, here, offer_of

OFFICES = (DISTRICT, TOWN, VILLAGE, DEPARTMENT)


@dataclass
class Office:
    """What one office's assignment keeps of the case."""

    id: str
    state: CaseState | None = None
    offers: dict[Term, OfferState] = field(default_factory=dict)
    recused: bool = False

    @property
    def waiting(self) -> OfferState | None:
        return next((offer for offer in self.offers.values() if offer.state == "open"), None)

    @property
    def holds(self) -> bool:
        return self.state is not None and not self.state.recalled and self.state.holder == self.id


@dataclass(frozen=True)
class Post:
    sender: str
    to: str
    type: str
    data: dict[str, Any]


class Desks:
    """Four offices and one case. ``act`` is a command of a desk, ``deliver`` the next letter of a stream."""

    def __init__(self, entry: str) -> None:
        self.now: datetime = MON
        self.offices = {office: Office(office) for office in OFFICES}
        self.streams: dict[tuple[str, str], deque[Post]] = defaultdict(deque)
        self.delivered: list[Post] = []
        decision = holding.register(file(entry), [], self.here(entry))
        self.offices[entry].state = decision.state
        self._send(entry, decision)

    def here(self, office: str) -> Here:
        return here(office, self.now)

    def act(self, office: str, what: str, **cmd: Any) -> bool:
        """Do as a clerk; False when the rule refuses."""
        try:
            getattr(self, f"_{what}")(self.offices[office], **cmd)
        except Refused:
            return False
        return True

    def _offer(self, office: Office, to: str) -> None:
        self._decide(office, lambda state, at: offers.offer(state, offer_of(to), at))

    def _sign(self, office: Office) -> None:
        waiting = office.waiting
        if waiting is None:
            raise Refused("no_offer", "")
        decision = holding.sign(office.state, waiting, self.here(office.id))
        office.state, office.offers[waiting.term] = decision.state, waiting.closed("signed")
        self._send(office.id, decision)

    def _return(self, office: Office) -> None:
        waiting, cmd = office.waiting, {"reason": "不属本机关", "proposed_office": ""}
        if waiting is not None:
            decision = offers.return_unsigned(waiting, cmd, self.here(office.id))
            office.offers[waiting.term] = decision.state
            self._send(office.id, decision)
        else:
            self._decide(office, lambda state, at: offers.return_signed(state, offer_of(state.from_office), at))

    def _ask_back(self, office: Office) -> None:
        self._decide(office, lambda state, at: offers.ask_back(state, {"reason": "另有安排"}, at))

    def _override(self, office: Office, exclude_holder: bool) -> None:
        cmd = {"reason": "提级", "exclude_holder": exclude_holder}
        self._decide(office, lambda state, at: recusal.override(state, cmd, at))

    def _exclude(self, office: Office, other: str) -> None:
        self._decide(office, lambda state, at: recusal.exclude(state, {"office": other, "reason": "回避"}, at))

    def _accept(self, office: Office) -> None:
        self._decide(office, handling.accept)

    def _take(self, office: Office) -> None:
        self._decide(office, holding.take)

    def _decide(self, office: Office, rule: Any) -> None:
        if office.state is None:
            raise Refused("unknown_case", "")
        decision = rule(office.state, self.here(office.id))
        office.state = decision.state
        self._send(office.id, decision)

    def _send(self, sender: str, decision: Decision[Any]) -> None:
        for tell in decision.tells:
            if tell.service == "assignment":
                self.streams[sender, tell.to].append(Post(sender, tell.to, tell.type, travelled(tell)))

    def under_way(self) -> list[tuple[str, str]]:
        return [stream for stream, letters in self.streams.items() if letters]

    def deliver(self, stream: tuple[str, str]) -> None:
        post = self.streams[stream].popleft()
        self.delivered.append(post)
        self.receive(post)

    def deliver_all(self) -> None:
        while streams := self.under_way():
            self.deliver(streams[0])

    def receive(self, post: Post) -> None:
        office = self.offices[post.to]
        self.now += timedelta(seconds=1)
        getattr(self, f"_on_{post.type}")(office, post, self.here(office.id))

    def _on_case_offered(self, office: Office, post: Post, at: Here) -> None:
        term = post.data["term"]["override"], post.data["term"]["n"]
        if term in office.offers:
            return
        decision = holding.receive_offer(office.state, post.data, post.sender, at, recused=office.recused)
        if decision.state is not None:
            office.offers = {
                known: offer.closed("superseded") if offer.state == "open" else offer
                for known, offer in office.offers.items()
            }
            office.offers[term] = decision.state
        self._send(office.id, decision)

    def _on_case_signed(self, office: Office, post: Post, at: Here) -> None:
        self._decide(office, lambda state, _: holding.on_signed(state, post.data, post.sender, at))

    def _on_case_passed_on(self, office: Office, post: Post, at: Here) -> None:
        self._decide(office, lambda state, _: holding.on_passed_on(state, post.data, post.sender, at))

    def _on_case_returned(self, office: Office, post: Post, at: Here) -> None:
        self._decide(office, lambda state, _: offers.on_returned(state, post.data, post.sender, at))

    def _on_ask_back(self, office: Office, post: Post, _: Here) -> None:
        term = post.data["term"]["override"], post.data["term"]["n"]
        decision = offers.answer_ask_back(office.offers.get(term), CASE, post.data, post.sender)
        if decision.state is not None:
            office.offers[term] = decision.state
        self._send(office.id, decision)

    def _on_ask_back_answered(self, office: Office, post: Post, at: Here) -> None:
        self._decide(office, lambda state, _: offers.on_ask_back_answered(state, post.data, post.sender, at))

    def _on_case_recalled(self, office: Office, post: Post, at: Here) -> None:
        term = post.data["term"]["override"], post.data["term"]["n"]
        if not losing.may_recall(post.sender, at):
            return
        office.recused |= term == recusal.EXCLUDED
        if office.state is not None:
            self._decide(office, lambda state, _: losing.on_recalled(state, term, post.sender, at))
        office.offers = dict(_left(office.offers, term))

    def _on_case_excluded(self, office: Office, post: Post, at: Here) -> None:
        self._decide(office, lambda state, _: recusal.on_excluded(state, post.data, post.sender, at))

    def _on_case_given_up(self, office: Office, post: Post, at: Here) -> None:
        self._decide(office, lambda state, _: recusal.on_given_up(state, post.data, post.sender, at))


def _left(known: dict[Term, OfferState], recalled: Term) -> Iterator[tuple[Term, OfferState]]:
    for term, offer in known.items():
        gone = offer.state == "open" and losing.takes_offer(offer, recalled)
        yield term, offer.closed("recalled") if gone else offer


def travelled(tell: Tell) -> dict[str, Any]:
    """The data as the receiver's handler gets it: through JSON and the event's schema."""
    loaded: dict[str, Any] = EVENTS[tell.type]().loads(canonical(dict(tell.data)).decode())
    return loaded
