"""Every command line in the pages is one that exists: make targets, shangda commands with their options, variables, files."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import click
import pytest

from network.settings import EnvironmentSchema
from shangda.cli import main
from tests.docs.pages import PAGES, ROOT, name, prose, shell_lines

LINES = [(page, line) for page in PAGES for line in shell_lines(page)]
VARIABLES = {*EnvironmentSchema().fields, "SHANGDA_TEST_CLOCK", "SHANGDA_RABBITMQCTL", "ARGS", "HOME"}
PROGRAMS = {
    "cat",
    "cd",
    "chmod",
    "cp",
    "curl",
    "docker",
    "git",
    "mkdir",
    "ps",
    "rabbitmqctl",
    "rm",
    "scp",
    "sudo",
    "tail",
    "tar",
}
TOP = {each.name for each in ROOT.iterdir()}


def test_there_are_commands_to_check() -> None:
    assert {page.name for page, _ in LINES} >= {"README.md", "README.zh-CN.md", "operations.md"}


@pytest.mark.parametrize(("page", "line"), LINES, ids=[f"{name(page)}: {line}" for page, line in LINES])
def test_a_command_line_exists(page: Path, line: str) -> None:
    for command in commands(line):
        program, arguments = Path(command[0]), command[1:]
        if program.name == "make":
            assert arguments[0] in make_targets()
        elif program.name == "shangda":
            check_shangda(arguments)
        elif program.name == "python":
            assert arguments[0] == "-c" or (ROOT / arguments[0]).is_file()
        else:
            assert program.name in PROGRAMS or (ROOT / program).is_file(), f"{program} is no program that pages may use"


def commands(line: str) -> Iterator[list[str]]:
    """The commands of a line, without the variables before them, which must be ones that programs read."""
    words = shlex.split(line, posix=True)
    while "&&" in words or "|" in words or words:
        cut = next((place for place, word in enumerate(words) if word in ("&&", "|", ";")), len(words))
        yield without_variables(words[:cut])
        words = words[cut + 1 :]


def without_variables(command: list[str]) -> list[str]:
    command = command[1:] if command[0] in ("sudo", "export") else command
    while command and (given := re.match(r"([A-Z_]+)=", command[0])):
        assert given[1] in VARIABLES, f"no program reads {given[1]}"
        command = command[1:]
    return command or ["cd"]


@cache
def make_targets() -> set[str]:
    return set(re.findall(r"^([\w/.]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))


def check_shangda(words: list[str]) -> None:
    """Follow the words through the groups to a command, then look at its options."""
    command: click.Command = main
    context = click.Context(main)
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        found = command.get_command(context, words[0])
        assert found is not None, f"shangda has no {words[0]}"
        command, words = found, words[1:]
    known = {option for param in command.params for option in param.opts + param.secondary_opts} | {"--help"}
    if command.name == "node":
        known |= set(re.findall(r"--\w+", node_help()))
    for word in words:
        if word.startswith("--"):
            assert word.partition("=")[0] in known, f"shangda {command.name} has no option {word}"


@cache
def node_help() -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "shangda.node", "--help"], capture_output=True, text=True, check=True, cwd=ROOT
    )
    return ran.stdout


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_files_named_in_the_text_are_there(page: Path) -> None:
    """A code word that begins with a folder or file of the project; data/ is made at run time."""
    for path in re.findall(r"`([\w.-]+/[\w./-]*)`", prose(page)):
        if path.split("/")[0] in TOP - {"data"}:
            assert (ROOT / path).exists(), f"{name(page)} names {path}"
