"""Chinese or English: which one a request wants, and a schema's sentences in it."""

import re
from collections.abc import Sequence
from typing import Literal

from flask import has_request_context, request

from gateway.sentences import CHINESE, PATTERNS, REFUSED_IN_ENGLISH

Language = Literal["zh", "en"]

_ONE_OF = re.compile(r"^Must be one of: (.*)\.$", re.DOTALL)
SHORT = 20  # characters: a hint like "name or post", not a sentence
_BOTH = re.compile(r"^(.*[\u4e00-\u9fff].*) \(([A-Za-z][A-Za-z_ ,.']*)\)\Z")


def language() -> Language:
    """``?lang=`` first, then the browser's wish, else Chinese."""
    if not has_request_context():
        return "zh"
    wanted = request.args.get("lang", "")
    if wanted in ("zh", "en"):
        return "en" if wanted == "en" else "zh"
    return "en" if request.accept_languages.best_match(["zh", "en"], default="zh") == "en" else "zh"


def spoken(chinese: str, english: str) -> str:
    """The one of two texts that the request wants."""
    return english if language() == "en" else chinese


def in_english(code: str) -> str:
    """English words for a refusal that reporters may meet, "" for those that only staff meet."""
    return REFUSED_IN_ENGLISH.get(code, "")


def translated(sentence: str) -> str:
    """A schema's sentence in the language of the request; what is not known stays as it is.

    The contracts' own sentences are Chinese with English in brackets at the end.
    """
    if both := _BOTH.match(sentence):
        chinese, english = both.groups()
        english = f"{english[0].upper()}{english[1:]}"
        return spoken(chinese, f"{english} is needed." if len(english) < SHORT else english)
    if language() == "en":
        return sentence
    if sentence in CHINESE:
        return CHINESE[sentence]
    if listed := _ONE_OF.match(sentence):
        return _one_of(listed[1].split(", "))
    for pattern, words in PATTERNS:
        if match := pattern.match(sentence):
            return words.format(*match.groups())
    return sentence


def _one_of(choices: Sequence[str]) -> str:
    """The words that programs send, as they are; one of them may be that nothing is chosen."""
    named = "、".join(choice for choice in choices if choice)
    return f"只能是：{named}" + ("，或者不填" if "" in choices else "")
