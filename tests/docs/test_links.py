"""Links between pages and into the code lead somewhere, and a code word that is linked stands in its file."""

import re
from pathlib import Path

import pytest

from tests.docs.pages import PAGES, ROOT, name, prose

LINK = re.compile(r"!?\[([^\]]*)\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.M)


def anchors(page: Path) -> set[str]:
    """The anchors that a page's headings give."""
    words = (re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(prose(page)))
    return {heading.strip().replace(" ", "-") for heading in words}


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_relative_links_lead_somewhere(page: Path) -> None:
    for words, target in LINK.findall(prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        file = (page.parent / path).resolve() if path else page
        assert file.exists(), f"{name(page)}: [{words}] leads to {target}, which is not there"
        assert file.is_relative_to(ROOT), f"{name(page)}: {target} leaves the project"
        if anchor and file.suffix == ".md":
            assert anchor in anchors(file), f"{name(page)}: {target}: no such heading"
        _check_word(page, words, file)


def _check_word(page: Path, words: str, file: Path) -> None:
    """A link whose text is one code word leads to a file that has it."""
    found = re.fullmatch(r"`@?([A-Za-z_]\w*)`", words)
    if found and file.suffix == ".py":
        code = file.read_text("utf-8")
        assert re.search(rf"\b{found[1]}\b", code), f"{name(page)}: {file.name} has no {found[1]}"
