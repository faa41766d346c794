"""Words of the portal's pages in the language of the request."""

from datetime import datetime

from contracts.calendar import SHANGHAI
from gateway.language import language, spoken
from gateway.portal.words import FIELD_WORDS


def field_name(path: str) -> str:
    """What a field is called on the page; "" for errors of the whole form."""
    last = path.rsplit(".", maxsplit=1)[-1]
    return spoken(*FIELD_WORDS[last]) if last in FIELD_WORDS else ""


def moment(iso: str) -> str:
    """A moment for people, in China's time."""
    return datetime.fromisoformat(iso).astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


def day(iso: str) -> str:
    """A day for people: 2026年5月8日， or 8 May 2026."""
    date = datetime.fromisoformat(iso).astimezone(SHANGHAI).date()
    return f"{date.day} {date:%B} {date.year}" if language() == "en" else f"{date.year}年{date.month}月{date.day}日"
