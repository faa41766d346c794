"""The accounts of offices' staff: one JSON file, 0600, with argon2id hashes of their passwords.

``{office: {user: {"name", "desk", "roles", "hash", "person"}}}``; ``person`` is the official's id whose account it is, and
may be absent. A recused person is known by it: an account without one is never recused.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from marshmallow import Schema, ValidationError, fields, post_load, validate

from contracts.authority import FOLLOWERS
from contracts.context import Actor
from contracts.letters import OFFICE_ID
from contracts.words import Desk
from network.offices import Office
from network.whole_files import private_folder, write_private

ROLES = ("clerk", "leader", "triage", "head", "area_holder", "supervisor", *FOLLOWERS)
"""经办人、负责人、分办(未匹配被反映人的密封件只对其可见)、纪检负责人、包片领导、督办员、信访室、纪检监察室跟踪督办."""
AT_ONCE = BoundedSemaphore(2)  # checks of passwords: each takes 64 MiB
NOBODY = PasswordHasher().hash("no account has this password")


@dataclass(frozen=True)
class Account:
    """Somebody who may log in at an office: at one desk, with roles. ``person`` is the official's id, "" for none."""

    name: str
    desk: str
    roles: tuple[str, ...]
    hash: str
    person: str = ""

    def actor(self, office: str, user: str) -> Actor:
        return Actor(id=user, office=office, desk=self.desk, roles=self.roles, person=self.person)


class AccountSchema(Schema):
    """One account of the file."""

    name = fields.String(required=True, validate=validate.Length(1, 60))
    desk = fields.String(required=True, validate=validate.OneOf([desk.value for desk in Desk]))
    roles = fields.List(fields.String(validate=validate.OneOf(ROLES)), required=True)
    hash = fields.String(required=True, validate=validate.Regexp(r"^\$argon2id\$"))
    person = fields.String(load_default="", validate=validate.Regexp(r"^[0-9A-Za-z-]{0,20}\Z"))

    @post_load
    def _make(self, values: dict[str, object], **_: object) -> Account:
        return Account(**{**values, "roles": tuple(values["roles"])})  # type: ignore[arg-type]


Accounts = Mapping[str, Mapping[str, Account]]


def load_accounts(home: Path) -> Accounts:
    """The accounts under ``home``. Raises ValueError naming the file and the field."""
    path = accounts_file(home)
    schema = fields.Dict(fields.String(validate=OFFICE_ID), fields.Dict(fields.String(), fields.Nested(AccountSchema)))
    try:
        found: Accounts = schema.deserialize(json.loads(path.read_bytes()))
    except (OSError, ValueError) as error:
        raise ValueError(f"{path}: cannot be read: {error}") from error
    except ValidationError as error:
        raise ValueError(f"{path}: {error.messages}") from error
    return found


def make_accounts(
    home: Path, offices: Iterable[Office], password_for: Callable[[str], str], *, quick: bool = False
) -> Path:
    """Make the accounts that offices lack: clerk, leader, and discipline where there is such a desk.

    ``password_for`` gives an office's password and is asked only for offices that lack an account. ``quick`` hashes
    with less effort and is for tests and demonstrations. What is there is kept. → the file.
    """
    made = _made(home)
    hasher = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1) if quick else PasswordHasher()
    for office in offices:
        users = made.setdefault(office.id, {}) if office.tier != "portal" else {}
        for user, (name, desk, roles) in _wanted(office).items():
            if user not in users:
                users[user] = asdict(Account(name, desk, roles, hasher.hash(password_for(office.id))))
    return _write(home, made)


def add_account(home: Path, office: str, user: str, account: Account) -> Path:
    """Add an account; ValueError where there is one of that name, or naming the field that is not accepted. → the file."""
    made = _made(home)
    users = made.setdefault(office, {})
    if user in users:
        raise ValueError(f"{office} 已有账号 {user}")
    try:
        AccountSchema().load(_listed(account))
    except ValidationError as error:
        raise ValueError(f"账号 {user}:{error.messages}") from error
    users[user] = asdict(account)
    return _write(home, made)


def remove_account(home: Path, office: str, user: str) -> Path:
    """Take an account away; ValueError where there is none of that name. → the file."""
    made = _made(home)
    if made.get(office, {}).pop(user, None) is None:
        raise ValueError(f"{office} 没有账号 {user}")
    return _write(home, made)


def hashed(password: str) -> str:
    """The argon2id hash of a password."""
    return PasswordHasher().hash(password)


def _made(home: Path) -> dict[str, dict[str, object]]:
    known = load_accounts(home) if accounts_file(home).exists() else {}
    return {office: {user: asdict(account) for user, account in users.items()} for office, users in known.items()}


def _listed(account: Account) -> dict[str, object]:
    return {**asdict(account), "roles": list(account.roles)}


def _write(home: Path, made: Mapping[str, Mapping[str, object]]) -> Path:
    path = accounts_file(home)
    private_folder(path.parent)
    write_private(path, json.dumps(made, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n")
    return path


def accounts_file(home: Path) -> Path:
    return home / "desk" / "accounts.json"


def password_fits(account: Account | None, password: str) -> bool:
    """Whether it is the account's password. Takes as long for nobody as for somebody."""
    with AT_ONCE:
        try:
            PasswordHasher().verify(account.hash if account else NOBODY, password)
        except (VerificationError, InvalidHashError):
            return False
    return account is not None


def _wanted(office: Office) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    if office.tier == "portal":
        return {}
    users: dict[str, tuple[str, str, tuple[str, ...]]] = {
        "clerk": ("经办人", Desk.PETITION.value, ("clerk",)),
        "leader": ("负责人", Desk.PETITION.value, ("clerk", "leader")),
    }
    if not office.discipline_name:
        # who answers for what is sent up unopened (JK art. 15) where no discipline desk is
        users["leader"] = ("负责人", Desk.PETITION.value, ("clerk", "leader", "head"))
    else:
        users["discipline"] = (office.discipline_name, Desk.DISCIPLINE.value, ("clerk", "leader", "triage", "head"))
    return users
