"""Desk keys: who can open what is sealed.

A desk is one confidential table of an office. Public keys lie readable; the private keys of the petition desk and of
storage are the office's key file, which its services use; a discipline desk's private key is only ever stored under
that desk's passphrase, so no service can read discipline reports.
"""

import json
import os
import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from marshmallow import Schema, ValidationError, fields, validate
from nacl.encoding import Base64Encoder
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey
from nacl.pwhash import argon2id
from nacl.secret import SecretBox

Desk = Literal["petition", "discipline", "storage"]
DESKS: tuple[Desk, ...] = get_args(Desk)


class KeyFileError(Exception):
    """A desk key cannot be had; the text names the file and why."""


@dataclass(frozen=True, order=True)
class DeskId:
    """A desk of an office, or of a body outside the network."""

    office: str
    desk: Desk

    def __str__(self) -> str:
        return f"{self.office}/{self.desk}"


class LockedKeySchema(Schema):
    """A private key under a passphrase. The limits keep an altered file from exhausting memory or time."""

    version = fields.Integer(required=True, strict=True, validate=validate.Equal(1))
    kdf = fields.String(required=True, validate=validate.Equal("argon2id13"))
    opslimit = fields.Integer(
        required=True, strict=True, validate=validate.Range(argon2id.OPSLIMIT_MIN, argon2id.OPSLIMIT_SENSITIVE)
    )
    memlimit = fields.Integer(
        required=True, strict=True, validate=validate.Range(argon2id.MEMLIMIT_MIN, argon2id.MEMLIMIT_SENSITIVE)
    )
    salt = fields.String(required=True)
    box = fields.String(required=True)


class Keyring:
    """The key files under ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def public(self, office: str, desk: Desk) -> PublicKey:
        """The desk's public key; KeyFileError when its file is missing or spoilt."""
        path = self.public_path(DeskId(office, desk))
        try:
            return public_key(_read(path).decode("ascii"))
        except ValueError as error:
            raise KeyFileError(f"{path}: {error}") from None

    def private(self, office: str, desk: Desk, passphrase: str | None = None) -> PrivateKey:
        """The desk's private key; a discipline desk needs its passphrase (0.7 s and 256 MiB, not for the event loop).

        Raises KeyFileError: missing or spoilt file, missing or wrong passphrase, or a key of another desk.
        """
        found = self.unlock(DeskId(office, desk), passphrase)
        if found.public_key != self.public(office, desk):
            raise KeyFileError(f"{self.private_path(DeskId(office, desk))}: does not belong to the desk's public key")
        return found

    def unlock(self, desk_id: DeskId, passphrase: str | None) -> PrivateKey:
        """The private key as its file has it, not compared with the public one."""
        path = self.private_path(desk_id)
        content = _read(path)
        if desk_id.desk == "discipline":
            return _unlock(path, content, passphrase)
        try:
            return PrivateKey(content.strip(), Base64Encoder)
        except (ValueError, TypeError):
            raise KeyFileError(f"{path}: not a base64 private key") from None

    def public_path(self, desk_id: DeskId) -> Path:
        return self.folder / f"{desk_id.office}.{desk_id.desk}.pub"

    def private_path(self, desk_id: DeskId) -> Path:
        return self.folder / f"{desk_id.office}.{desk_id.desk}.key"


def public_key(text: str) -> PublicKey:
    """The public key of a base64 text, as the district file has it for a body outside; ValueError when it is none."""
    try:
        return PublicKey(text.strip().encode("ascii"), Base64Encoder)
    except (ValueError, TypeError):
        raise ValueError("not a base64 public key of 32 bytes") from None


def make_keys(
    folder: Path, office_ids: Iterable[str], passphrase_for: Callable[[str], str], *, interactive: bool = False
) -> tuple[DeskId, ...]:
    """Make what keys the offices lack and return the desks that got one; what is there is never overwritten.

    ``passphrase_for`` gives the discipline passphrase of an office and is asked only for new discipline keys.
    ``interactive`` hardens less (64 MiB) and is for tests and demonstrations. A public key without its private one is
    left alone: that office's machine has it.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    ring = Keyring(folder)
    wanted = (DeskId(office, desk) for office in office_ids for desk in DESKS)
    missing = [desk_id for desk_id in wanted if not ring.public_path(desk_id).exists()]
    for desk_id in missing:
        passphrase = passphrase_for(desk_id.office) if desk_id.desk == "discipline" else None
        _make(ring, desk_id, passphrase, interactive=interactive)
    return tuple(missing)


def _make(ring: Keyring, desk_id: DeskId, passphrase: str | None, *, interactive: bool) -> None:
    """Private file first: a stop between the two is made good by the next run, from the private file."""
    path = ring.private_path(desk_id)
    if path.exists():
        key = ring.unlock(desk_id, passphrase)
    else:
        key = PrivateKey.generate()
        plain = key.encode(Base64Encoder) + b"\n"
        content = plain if passphrase is None else _lock(key, passphrase, interactive=interactive)
        if not _create(path, content, 0o600):
            key = ring.unlock(desk_id, passphrase)
    _create(ring.public_path(desk_id), key.public_key.encode(Base64Encoder) + b"\n", 0o644)


def _lock(key: PrivateKey, passphrase: str, *, interactive: bool) -> bytes:
    if not passphrase:
        raise KeyFileError("a discipline key needs a passphrase that is not empty")
    limits = {
        "opslimit": argon2id.OPSLIMIT_INTERACTIVE if interactive else argon2id.OPSLIMIT_MODERATE,
        "memlimit": argon2id.MEMLIMIT_INTERACTIVE if interactive else argon2id.MEMLIMIT_MODERATE,
    }
    salt = secrets.token_bytes(argon2id.SALTBYTES)
    box = SecretBox(_derive(passphrase, salt, limits)).encrypt(key.encode(), encoder=Base64Encoder)
    locked = {"version": 1, "kdf": "argon2id13", **limits, "salt": Base64Encoder.encode(salt).decode()}
    return json.dumps({**locked, "box": box.decode()}, indent=1).encode() + b"\n"


def _unlock(path: Path, content: bytes, passphrase: str | None) -> PrivateKey:
    if not passphrase:
        raise KeyFileError(f"{path}: this key needs the passphrase of its discipline desk")
    try:
        locked = LockedKeySchema().loads(content.decode())
        salt, box = Base64Encoder.decode(locked["salt"].encode()), Base64Encoder.decode(locked["box"].encode())
        key = _derive(passphrase, salt, locked)
    except (ValidationError, ValueError, TypeError) as error:
        raise KeyFileError(f"{path}: not a locked private key: {error}") from None
    try:
        return PrivateKey(SecretBox(key).decrypt(box))
    except (CryptoError, TypeError):
        raise KeyFileError(f"{path}: wrong passphrase, or the file was altered") from None


def _derive(passphrase: str, salt: bytes, limits: Mapping[str, Any]) -> bytes:
    return argon2id.kdf(SecretBox.KEY_SIZE, passphrase.encode(), salt, limits["opslimit"], limits["memlimit"])


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise KeyFileError(f"{path}: no such key file") from None
    except OSError as error:
        raise KeyFileError(f"{path}: {error.strerror}") from None


def _create(path: Path, content: bytes, mode: int) -> bool:
    """Write a new file whole or not at all; False when it is there already (a link never overwrites)."""
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(temporary, path)
    except FileExistsError:
        return False
    finally:
        temporary.unlink(missing_ok=True)
    return True
