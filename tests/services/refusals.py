"""A refusal as whoever was refused reads it."""

from typing import Any

import pytest

from contracts.errors import NotFound, Refused


def problem(act: Any, *given: Any, **named: Any) -> dict[str, Any]:
    """The whole refusal that an act meets: code, message, fields."""
    with pytest.raises(Refused) as refused:
        act(*given, **named)
    return refused.value.problem()


def says(code: str, message: str, **fields: Any) -> dict[str, Any]:
    """What ``problem`` gives; each field with its messages."""
    return {"code": code, "message": message, "fields": fields}


NO_CASE = NotFound("信访事项").problem()
