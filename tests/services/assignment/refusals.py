"""How the tests of rules read refusals and decisions."""

from typing import Any

import pytest

from contracts.errors import Refused
from tests.services.assignment.cases import told


def refusal(act: Any, *given: Any, **named: Any) -> tuple[str, list[str]]:
    """The code and the fields of a refusal."""
    with pytest.raises(Refused) as refused:
        act(*given, **named)
    return refused.value.code, sorted(refused.value.fields)


def steps(decision: Any) -> list[str]:
    """The public steps that a decision tells."""
    return [tell.data["step"] for tell in told(decision, "case_progress")]


def milestones(decision: Any) -> list[str]:
    """The words of its milestones."""
    return list(dict.fromkeys(tell.data["what"] for tell in told(decision, "case_milestone")))
