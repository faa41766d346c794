"""Who is logged in. A token is signed and lasts eight hours; an unlocked discipline key lives only here, in memory."""

import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from itsdangerous import BadData, URLSafeTimedSerializer
from nacl.public import PrivateKey

from contracts.context import Actor
from network.whole_files import private_folder, write_private_once

SESSION_SECONDS = 8 * 3600


@dataclass(frozen=True)
class Session:
    """Somebody at a desk. ``key`` is the discipline desk's private key when it was unlocked at log-in."""

    id: str
    actor: Actor
    ends: float
    key: PrivateKey | None = None

    def __repr__(self) -> str:
        return f"Session({self.actor.office}/{self.actor.id})"


class Sessions:
    """The sessions of this process; a restart ends them all, and with them every unlocked key."""

    def __init__(self, secret: bytes) -> None:
        self._signer = URLSafeTimedSerializer(secret, salt="shangda desk session")
        self._lock = Lock()
        self._open: dict[str, Session] = {}

    def open(self, actor: Actor, key: PrivateKey | None) -> str:
        """Begin a session; its token."""
        session = Session(secrets.token_hex(16), actor, time.monotonic() + SESSION_SECONDS, key)
        with self._lock:
            self._open = {id_: each for id_, each in self._open.items() if each.ends > time.monotonic()}
            self._open[session.id] = session
        return self._signer.dumps(session.id)

    def find(self, token: str) -> Session | None:
        """The session of a token; None when it is forged, over or closed."""
        try:
            found = self._open.get(self._signer.loads(token, max_age=SESSION_SECONDS))
        except (BadData, TypeError):
            return None
        return found if found is not None and found.ends > time.monotonic() else None

    def close(self, session: Session) -> None:
        """End a session; its key is forgotten."""
        with self._lock:
            self._open.pop(session.id, None)


def session_secret(home: Path) -> bytes:
    """The desk's signing secret under ``home``, made at first use; 0600."""
    return write_private_once(private_folder(home / "secrets") / "desk.key", secrets.token_bytes(32))
