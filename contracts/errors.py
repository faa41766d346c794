"""What a caller did wrong, in words that name the field."""

from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """A command or letter that a rule does not allow; nothing was written.

    ``code`` is a stable word for programs, ``message`` is Chinese for people, ``fields`` maps field names to messages.
    """

    def __init__(self, code: str, message: str, fields: Mapping[str, Any] | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fields = dict(fields or {})

    def problem(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "fields": self.fields}


class Invalid(Refused):
    """Input that its schema does not accept; ``fields`` says which and why."""

    def __init__(self, fields: Mapping[str, Any]) -> None:
        super().__init__("invalid", "内容不符合要求", fields)


class NotFound(Refused):
    """There is no such thing here, or the caller may not know of it; both look the same on purpose."""

    def __init__(self, what: str) -> None:
        super().__init__("not_found", f"没有找到:{what}")
