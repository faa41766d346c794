"""Whatever clerks do and whenever letters come: one holder, terms only grow, an open case has a running clock."""

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from services.assignment.state import Term
from tests.services.assignment.desks import OFFICES, Desks

OFFICE = st.sampled_from(OFFICES)


class OneHolder(RuleBasedStateMachine):
    """Random acts at four offices while their letters come late, out of step between streams, or again."""

    @initialize(entry=OFFICE)
    def register(self, entry: str) -> None:
        self.desks = Desks(entry)
        self.terms: dict[str, Term] = {}

    @rule(office=OFFICE, to=OFFICE)
    def offer(self, office: str, to: str) -> None:
        self.desks.act(office, "offer", to=to)

    @rule(office=OFFICE)
    def sign(self, office: str) -> None:
        self.desks.act(office, "sign")

    @rule(office=OFFICE)
    def give_back(self, office: str) -> None:
        self.desks.act(office, "return")

    @rule(office=OFFICE)
    def ask_back(self, office: str) -> None:
        self.desks.act(office, "ask_back")

    @rule(office=OFFICE, exclude_holder=st.booleans())
    def override(self, office: str, exclude_holder: bool) -> None:
        self.desks.act(office, "override", exclude_holder=exclude_holder)

    @rule(office=OFFICE, other=OFFICE)
    def exclude(self, office: str, other: str) -> None:
        self.desks.act(office, "exclude", other=other)

    @rule(office=OFFICE)
    def accept(self, office: str) -> None:
        self.desks.act(office, "accept")

    @precondition(lambda self: self.desks.under_way())
    @rule(choice=st.randoms(use_true_random=False))
    def deliver_one(self, choice: object) -> None:
        self.desks.deliver(choice.choice(self.desks.under_way()))  # type: ignore[attr-defined]

    @precondition(lambda self: self.desks.delivered)
    @rule(choice=st.randoms(use_true_random=False))
    def deliver_again(self, choice: object) -> None:
        self.desks.receive(choice.choice(self.desks.delivered))  # type: ignore[attr-defined]

    @rule()
    def fall_quiet(self) -> None:
        self.desks.deliver_all()
        self.check_quiet()

    def check_quiet(self) -> None:
        holders = [office for office in self.desks.offices.values() if office.holds]
        assert len(holders) == 1, [(office.id, office.state) for office in holders]
        state = holders[0].state
        assert state is not None
        assert state.text is not None, "the content is never lost"
        assert not state.is_open or state.running, "an open case has a running clock"
        assert state.term == max(office.state.term for office in self.desks.offices.values() if office.state)
        for recused in state.excluded:
            office = self.desks.offices[recused]
            assert office.state is None or (office.state.recalled and office.state.text is None)
            assert office.waiting is None

    @invariant()
    def terms_grow(self) -> None:
        for office in self.desks.offices.values():
            term = office.state.term if office.state else (0, 0)
            assert term >= self.terms.get(office.id, (0, 0))
            self.terms[office.id] = term

    def teardown(self) -> None:
        if hasattr(self, "desks"):
            self.fall_quiet()


OneHolder.TestCase.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)
TestOneHolder = OneHolder.TestCase
