"""Broker passwords: made once at set-up, one file per office under <data>/credentials, never in git."""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import quote

from marshmallow import Schema, ValidationError, fields, post_load, validate

from network.whole_files import private_folder, write_private_once

ADMIN = "admin"


@dataclass(frozen=True)
class Credential:
    """A broker password and its salted hash; the salt is drawn once, so definitions stay byte-identical."""

    password: str
    password_hash: str


class CredentialSchema(Schema):
    """One credentials file."""

    password = fields.String(required=True, validate=validate.Length(16, 200))
    password_hash = fields.String(required=True, validate=validate.Regexp(r"^[A-Za-z0-9+/]{48}\Z"))

    @post_load
    def _make(self, values: dict[str, str], **_: object) -> Credential:
        return Credential(**values)


def load_or_make(data_dir: Path, names: Iterable[str]) -> dict[str, Credential]:
    """The credential of each name (office ids and "admin"), making those that have none yet.

    Raises ValueError naming file and field when a file is damaged.
    """
    folder = private_folder(data_dir / "credentials")
    return {name: _load_or_make(folder / f"{name}.json") for name in names}


def _load_or_make(path: Path) -> Credential:
    fresh = json.dumps(asdict(_new_credential())).encode()
    try:
        credential: Credential = CredentialSchema().loads(write_private_once(path, fresh))
    except (ValidationError, json.JSONDecodeError) as error:
        raise ValueError(f"{path}: no usable credential: {error}") from error
    return credential


def _new_credential() -> Credential:
    password = secrets.token_urlsafe(32)
    salt = secrets.token_bytes(4)
    digest = hashlib.sha256(salt + password.encode()).digest()
    return Credential(password, base64.b64encode(salt + digest).decode())


def amqp_uri(credentials: Mapping[str, Credential], office: str, vhost: str, host: str, port: int) -> str:
    """The AMQP address at which this office's user enters this vhost."""
    user, password = quote(office, safe=""), quote(credentials[office].password, safe="")
    return f"amqp://{user}:{password}@{host}:{port}/{quote(vhost, safe='')}"
