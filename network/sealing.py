"""Sealing: only the desk that a report is meant for can read it, and recusal closes it again.

The content of a case is encrypted once with a data key of that case (XChaCha20-Poly1305, bound to the case id); the
data key is wrapped for each desk in a libsodium sealed box. Handing on wraps the data key for the next desk; recusal
destroys a wrapped key. Contents are padded, so that their length tells only its order of magnitude.

No error of this module bears content or a key: errors reach logs and parked rows.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate
from nacl.bindings import sodium_pad, sodium_unpad
from nacl.encoding import Base64Encoder
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead
from nacl.utils import random as random_bytes

from network.keys import DeskId

VERSION = 1
BUCKET = 1024  # bytes; what is longer fills the next power of two

_BASE64 = validate.Regexp(r"^[A-Za-z0-9+/]+={0,2}\Z")
_DESK = validate.Regexp(r"^[0-9a-z-]{2,40}/(petition|discipline|storage)\Z")


class SealError(Exception):
    """Something cannot be sealed or opened; the text names the case, the desk and why."""


@dataclass(frozen=True)
class Envelope:
    """A sealed content: ``ciphertext`` in base64, ``keys`` from "office/desk" to the data key wrapped for that desk."""

    version: int
    case: str
    ciphertext: str
    keys: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """As JSON-able values."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> "Envelope":
        """From what ``to_dict`` gave; SealError names the field that is wrong."""
        try:
            return EnvelopeSchema().load(data)  # type: ignore[no-any-return]
        except ValidationError as error:
            raise SealError(f"not an envelope: {error.messages}") from None


class EnvelopeSchema(Schema):
    """JSON object → Envelope. ``keys`` may be empty: after a recall nobody here can open it any more."""

    version = fields.Integer(required=True, strict=True, validate=validate.Equal(VERSION))
    case = fields.String(required=True, validate=validate.Length(min=1, max=64))
    ciphertext = fields.String(required=True, validate=_BASE64)
    keys = fields.Dict(
        keys=fields.String(validate=_DESK),
        values=fields.String(validate=validate.And(_BASE64, validate.Length(equal=108))),  # 80 bytes
        required=True,
    )

    @post_load
    def _make(self, data: Mapping[str, Any], **_: Any) -> Envelope:
        return Envelope(**data)


def seal(content: Mapping[str, Any], case: str, recipients: Mapping[DeskId, PublicKey]) -> Envelope:
    """Seal a JSON-able content of a case to one or more desks; SealError when it cannot be, or for nobody."""
    if not recipients:
        raise SealError(f"case {case}: sealed to nobody, it could never be opened")
    data_key = random_bytes(Aead.KEY_SIZE)
    ciphertext = Aead(data_key).encrypt(_packed(content), _bound_to(case), encoder=Base64Encoder)
    keys = {str(desk): _wrap(data_key, public) for desk, public in recipients.items()}
    return Envelope(VERSION, case, ciphertext.decode(), keys)


def open_envelope(envelope: Envelope, desk: DeskId, private_key: PrivateKey) -> dict[str, Any]:
    """The content, for a desk it is sealed to; SealError: no key for the desk, wrong key, altered, another case's."""
    return _decrypt(envelope, desk, _data_key(envelope, desk, private_key))


def reseal(envelope: Envelope, desk: DeskId, private_key: PrivateKey, to: DeskId, to_public: PublicKey) -> Envelope:
    """The same content, also for desk ``to``. It is opened once, so that nothing broken is handed on; SealError."""
    data_key = _data_key(envelope, desk, private_key)
    _decrypt(envelope, desk, data_key)
    return replace(envelope, keys={**envelope.keys, str(to): _wrap(data_key, to_public)})


def drop(envelope: Envelope, desk: DeskId) -> Envelope:
    """The envelope without the desk's wrapped key (recusal); SealError when the desk has none."""
    _wrapped(envelope, desk)
    return replace(envelope, keys={name: key for name, key in envelope.keys.items() if name != str(desk)})


def seal_box(content: Mapping[str, Any], public: PublicKey) -> str:
    """An office's own copy: a JSON-able content sealed to its storage key, as base64 text; SealError."""
    return SealedBox(public).encrypt(_packed(content), Base64Encoder).decode()


def open_box(text: str, private_key: PrivateKey) -> dict[str, Any]:
    """What ``seal_box`` sealed; SealError when altered or sealed to another key."""
    try:
        return _unpacked(SealedBox(private_key).decrypt(text.encode(), Base64Encoder))
    except (CryptoError, ValueError, TypeError):
        raise SealError("own copy: altered, or sealed to another key") from None


def _bound_to(case: str) -> bytes:
    return f"shangda envelope {VERSION} {case}".encode()


def _wrap(data_key: bytes, public: PublicKey) -> str:
    return SealedBox(public).encrypt(data_key, Base64Encoder).decode()


def _wrapped(envelope: Envelope, desk: DeskId) -> str:
    try:
        return envelope.keys[str(desk)]
    except KeyError:
        raise SealError(f"case {envelope.case}: not sealed to {desk}") from None


def _data_key(envelope: Envelope, desk: DeskId, private_key: PrivateKey) -> bytes:
    if envelope.version != VERSION:
        raise SealError(f"case {envelope.case}: envelope version {envelope.version} is not known")
    wrapped = _wrapped(envelope, desk)
    try:
        return SealedBox(private_key).decrypt(wrapped.encode(), Base64Encoder)
    except (CryptoError, ValueError, TypeError):
        raise SealError(f"case {envelope.case}: the key of {desk} does not open it, or its entry was altered") from None


def _decrypt(envelope: Envelope, desk: DeskId, data_key: bytes) -> dict[str, Any]:
    try:
        packed = Aead(data_key).decrypt(envelope.ciphertext.encode(), _bound_to(envelope.case), encoder=Base64Encoder)
        return _unpacked(packed)
    except (CryptoError, ValueError, TypeError):
        raise SealError(f"case {envelope.case}: altered, or of another case (opened by {desk})") from None


def _packed(content: Mapping[str, Any]) -> bytes:
    try:
        plain = json.dumps(dict(content), ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    except (TypeError, ValueError):
        raise SealError("content to be sealed is not plain JSON") from None
    return sodium_pad(plain, max(BUCKET, 1 << len(plain).bit_length()))


def _unpacked(packed: bytes) -> dict[str, Any]:
    content = json.loads(sodium_unpad(packed, len(packed)))
    if not isinstance(content, dict):
        raise TypeError("sealed content is no object")
    return content
