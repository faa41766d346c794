"""Numbers in which nobody sees a gap."""

import secrets

import pytest

from contracts.errors import Refused
from network.ids import drawn


def test_a_number_has_six_digits_and_is_not_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    draws = iter([7, 7, 999_999])
    asked: list[str] = []
    monkeypatch.setattr(secrets, "randbelow", lambda below: next(draws) if below == 1_000_000 else -1)

    def is_taken(number: str) -> bool:
        asked.append(number)
        return number == "J-000007"

    assert drawn("J-", is_taken) == "J-999999"
    assert asked == ["J-000007", "J-000007", "J-999999"]


def test_drawing_has_an_end() -> None:
    asked: list[str] = []

    def always(number: str) -> bool:
        asked.append(number)
        return True

    with pytest.raises(Refused, match="J-之后没有空余的编号") as refused:
        drawn("J-", always)
    assert refused.value.code == "numbers_used_up"
    assert len(asked) == 100
