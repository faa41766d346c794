"""Prepares a data folder: broker credentials, desk keys, broker definitions, databases, desk accounts.

Nothing that exists is made anew, so it may be called before every start. For a demonstration the passphrases of the
discipline desks and the passwords of the desk accounts are drawn at random and kept in one private file; a real
district hands them out and deletes that file.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from gateway.desk.accounts import make_accounts
from network.credentials import ADMIN, load_or_make
from network.keys import make_keys
from network.offices import District, load_district
from network.policy_loader import load_policy
from network.settings import Settings
from network.topology import definitions, write_definitions
from network.whole_files import private_folder, write_private
from shangda.database import prepare

Say = Callable[[str], None]
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # nothing that reads like something else


@dataclass(frozen=True)
class Installed:
    """A data folder that is ready: its district, and where the broker's definitions and the secrets lie."""

    tree: District
    definitions: Path
    secrets: Path

    @property
    def offices(self) -> list[str]:
        """Every office of the network, the portal included."""
        return [office.id for office in self.tree.network_offices()]


def drawn_password() -> str:
    """Four groups of four letters and digits, drawn at random: easy to read out, 79 bits."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


class Secrets:
    """The file of drawn passphrases and passwords: ``{"passphrases": {office: …}, "passwords": {office: …}}``."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._words: dict[str, dict[str, str]] = json.loads(path.read_text()) if path.exists() else {}

    def passphrase(self, office: str) -> str:
        """The passphrase of the office's discipline key, drawn where it is missing."""
        return self._word("passphrases", office)

    def password(self, office: str) -> str:
        """The password of the office's desk accounts, drawn where it is missing."""
        return self._word("passwords", office)

    def _word(self, kind: str, office: str) -> str:
        words = self._words.setdefault(kind, {})
        if office not in words:
            words[office] = drawn_password()
            write_private(self.path, json.dumps(self._words, indent=1, sort_keys=True).encode() + b"\n")
        return words[office]


def install(settings: Settings, say: Say, *, given: dict[str, str] | None = None, quick: bool = False) -> Installed:
    """Make what is missing under ``settings.home``; ``say`` gets a line for each step.

    In: ``given`` passphrases of discipline desks by office; others are drawn. ``quick`` hardens keys less, for
    demonstrations. Raises DistrictError, PolicyFileError, KeyFileError or ValueError, each naming its file.
    """
    tree = load_district(settings.district_file)
    load_policy(settings.policy_dir)
    private_folder(settings.home)
    installed = Installed(tree, settings.home / "definitions.json", settings.home / "demo-passphrases")
    drawn = Secrets(installed.secrets)
    say(f"{tree.name}:{len(installed.offices)} 个机构")
    credentials = load_or_make(settings.home, [*installed.offices, ADMIN])
    write_definitions(installed.definitions, definitions(tree, credentials))
    made = make_keys(
        settings.keys_dir,
        installed.offices,
        lambda office: (given or {}).get(office) or drawn.passphrase(office),
        interactive=quick,
    )
    if made:
        say(f"密钥:新制 {len(made)} 个")
    prepare(settings, installed.offices)
    make_accounts(settings.home, tree.network_offices(), drawn.password, quick=quick)
    return installed
