"""Chinese or English: which one a request wants, and the schemas' error sentences in Chinese."""

import re
from typing import Literal

from flask import has_request_context, request

Language = Literal["zh", "en"]

_CHINESE = {
    "Missing data for required field.": "请填写此项",
    "Field may not be null.": "请填写此项",
    "Unknown field.": "没有这一项",
    "Invalid input type.": "应为一个 JSON 对象",
    "Not a valid string.": "应为文字",
    "Not a valid integer.": "应为整数",
    "Not a valid boolean.": "应为 true 或 false",
    "Not a valid list.": "应为列表",
    "Not a valid mapping type.": "应为一个对象",
    "Not a valid aware datetime.": "应为带时区的时间，如 2026-03-02T09:00:00+08:00",
    "String does not match expected pattern.": "格式不对",
    "A word is needed here.": "请填写内容",
    "Cannot be stored: a control character or half a character.": "含有无法保存的字符",
    "Nested too deeply.": "嵌套太深",
    "Name or telephone is needed; leave the whole part out to stay anonymous.": "姓名和电话至少填写一项；匿名请整项不填",
    "Choose a place or write one.": "请选择镇街、村社区，或者写出地点",
    "Choose yes or no.": "请选“是”或“否”：这决定谁能看到您写的内容",
    "No such office.": "没有这个单位",
    "No such category.": "没有这个类别",
    "Not a draft of this portal, or too old.": "表单已过期，请重新打开页面",
}
_REFUSED_IN_ENGLISH = {
    "receipt_length": "A receipt has 22 letters and digits, in groups of four",
    "receipt_character": "There is a character in it that receipts do not have",
    "receipt_check": "There is a mistake in the receipt; please compare it character by character",
}
_PATTERNS = (
    (re.compile(r"^Longer than maximum length (\d+)\.$"), "最多 {} 个字"),
    (re.compile(r"^Shorter than minimum length (\d+)\.$"), "至少 {} 个字"),
    (re.compile(r"^Length must be between (\d+) and (\d+)\.$"), "应为 {} 到 {} 个字"),
    (re.compile(r"^Length must be (\d+)\.$"), "应为 {} 位"),
    (re.compile(r"^Must be one of: (.*)\.$"), "只能是：{}"),
    (re.compile(r"^Must be greater than or equal to (\d+)( and .*)?\.$"), "不能小于 {}"),
    (re.compile(r"^Must be less than or equal to (\d+)\.$"), "不能大于 {}"),
)


SHORT = 20  # characters: a hint like "name or post", not a sentence
_BOTH = re.compile(r"^(.*[\u4e00-\u9fff].*) \(([A-Za-z][A-Za-z_ ,.]*)\)\Z")


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
    return _REFUSED_IN_ENGLISH.get(code, "")


def translated(sentence: str) -> str:
    """A schema's sentence in the language of the request; what is not known stays as it is.

    The contracts' own sentences are Chinese with English in brackets at the end.
    """
    if both := _BOTH.match(sentence):
        chinese, english = both.groups()
        return spoken(chinese, f"{english[0].upper()}{english[1:]} is needed." if len(english) < SHORT else english)
    if language() == "en":
        return sentence
    if sentence in _CHINESE:
        return _CHINESE[sentence]
    for pattern, words in _PATTERNS:
        if match := pattern.match(sentence):
            return words.format(*(group or "" for group in match.groups()))
    return sentence
