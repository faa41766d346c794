"""Loads officials, channels and sample reports at the first start, by the HTTP interfaces that people's programs use."""

import json
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path
from typing import Any

from shangda.channels_file import read_channels
from shangda.install import Installed, Say, Secrets
from shangda.officials_xlsx import read_officials, version_of

PORTAL = "portal"
ARRIVAL_SECONDS = 30  # how long a letter may take to the office that acts on it
RETRY_SECONDS = 0.5
NOT_YET = (404, 503)  # the letter has not arrived, the office is busy


class SampleError(RuntimeError):
    """A sample report was not taken; the text says which and why."""


@dataclass
class Web:
    """A JSON interface over HTTP on this machine, with the log-ins of its accounts."""

    url: str
    tokens: dict[tuple[str, str], str] = field(default_factory=dict)

    def post(self, path: str, body: Mapping[str, Any], token: str = "") -> dict[str, Any]:
        """The answer to a POST. Raises urllib.error.HTTPError for a refusal."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        request = urllib.request.Request(f"{self.url}{path}", json.dumps(body).encode(), headers)  # noqa: S310  our own
        with _direct.open(request, timeout=30) as answer:
            said: dict[str, Any] = json.load(answer)
            return said

    def log_in(self, office: str, user: str, words: Mapping[str, str]) -> str:
        """A bearer token of the account."""
        if (office, user) not in self.tokens:
            self.tokens[office, user] = self.post("/api/v1/login", {"office": office, "user": user, **words})["token"]
        return self.tokens[office, user]


_direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Loader:
    """Files samples and lets the offices do the first steps on them."""

    def __init__(self, portal_url: str, desk_url: str, drawn: Secrets) -> None:
        self.portal, self.desk, self.drawn = Web(portal_url), Web(desk_url), drawn

    def file(self, sample: Mapping[str, Any]) -> str:
        """Report it at the portal or at its office's desk; the case, where the office is told it."""
        if sample["office"] == PORTAL:
            self.portal.post("/api/v1/reports", sample["report"])
            return ""
        token = self._token(sample["office"], sample.get("user", "clerk"))
        return str(self.desk.post("/api/v1/reports", sample["report"], token).get("case") or "")

    def import_officials(self, file: Path, district: str) -> None:
        """The demo's register of officials, by the head of the district's discipline desk."""
        officials = read_officials(file).officials
        body = {"version": version_of(officials), "officials": officials}
        self.desk.post("/api/v1/assignment/import_officials", body, self._token(district, "discipline"))

    def import_channels(self, file: Path) -> None:
        """The demo's channels, by a leader of each office."""
        for office, rows in read_channels(file).items():
            body = {"channels": [row for _, row in rows]}
            self.desk.post("/api/v1/intake/import_channels", body, self._token(office, "leader"))

    def act(self, sample: Mapping[str, Any], case: str, act: Mapping[str, Any]) -> None:
        """One act of an office on the case, as soon as it has it. Raises SampleError."""
        token = self._token(act.get("office", sample["office"]), act.get("user", "clerk"))
        until = time.monotonic() + ARRIVAL_SECONDS
        while True:
            try:
                self.desk.post(f"/api/v1/cases/{case}/{act['act']}", act.get("data", {}), token)
            except urllib.error.HTTPError as error:
                if error.code not in NOT_YET or time.monotonic() > until:
                    raise SampleError(f"{sample['no']} {act}: {error.code} {error.read().decode()}") from error
                time.sleep(RETRY_SECONDS)
            else:
                return

    def _token(self, office: str, user: str) -> str:
        words = {"password": self.drawn.password(office)}
        if user == "discipline":
            words["discipline_passphrase"] = self.drawn.passphrase(office)
        return self.desk.log_in(office, user, words)


def load_samples(installed: Installed, path: Path, portal_url: str, desk_url: str, say: Say) -> None:
    """Load the samples of this file, once for a data folder. Raises SampleError, or OSError when nobody answers.

    It is marked before the first one: half of the samples is better than some twice.
    """
    done = installed.definitions.parent / "samples-loaded"
    if done.exists() or not path.exists():
        return
    done.touch()
    samples: Sequence[Mapping[str, Any]] = json.loads(path.read_text("utf-8"))
    loader = Loader(portal_url, desk_url, Secrets(installed.secrets))
    register = path.parent / "officials.xlsx"
    if register.exists():
        say("载入示例干部名册")
        loader.import_officials(register, installed.tree.id)
    channels = path.parent / "channels.toml"
    if channels.exists():
        say("载入示例渠道")
        loader.import_channels(channels)
    say(f"载入 {len(samples)} 件示例举报")
    cases = [loader.file(sample) for sample in samples]
    for place, act in _in_turn(samples):
        loader.act(samples[place], cases[place], act)


def sample_offices(path: Path) -> list[str]:
    """The offices that the samples happen in: where there is something to look at."""
    samples = json.loads(path.read_text("utf-8")) if path.exists() else []
    acting = [act.get("office", "") for sample in samples for act in sample.get("acts", [])]
    return sorted({*(sample["office"] for sample in samples), *acting} - {"", PORTAL})


def _in_turn(samples: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """The first act of every sample, then the second of every one: letters travel while others are worked on."""
    for turn in zip_longest(*(sample.get("acts", []) for sample in samples)):
        for place, act in enumerate(turn):
            if act is not None:
                yield place, act
