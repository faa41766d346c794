"""Drafts: a receipt given out with an empty form, so that a form sent twice over a bad line stays one report.

A draft is the receipt, signed; nothing of it is stored. The receipt counts only once a report was taken under it.
"""

import secrets
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer
from marshmallow import ValidationError

from network.receipts import make_receipt
from network.whole_files import private_folder, write_private_once

VALID_SECONDS = 7 * 24 * 3600


class Drafts:
    """Makes and reads drafts with the portal's own signing key."""

    def __init__(self, key: bytes) -> None:
        self._signer = URLSafeTimedSerializer(key, salt="shangda draft")

    def new(self) -> str:
        return self._signer.dumps(make_receipt())

    def receipt(self, draft: str | None) -> str:
        """The receipt of a draft, a fresh one without; ValidationError when it is not one of ours or too old."""
        if not draft:
            return make_receipt()
        try:
            receipt: str = self._signer.loads(draft, max_age=VALID_SECONDS)
        except BadData:
            raise ValidationError({"draft": ["Not a draft of this portal, or too old."]}) from None
        return receipt


def signing_key(home: Path) -> bytes:
    """The portal's signing key under ``home``, made at first use; 0600."""
    folder = private_folder(home / "secrets")
    return write_private_once(folder / "portal.key", secrets.token_bytes(32))
