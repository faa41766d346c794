"""Logging in at a desk. Too many wrong passwords close the name for a while, whether or not there is such an account."""

from typing import Any

from nacl.public import PrivateKey

from contracts.words import Desk as DeskWord
from gateway.desk import schemas
from gateway.desk.accounts import Account, password_fits
from gateway.desk.asking import desk
from gateway.desk.sessions import SESSION_SECONDS
from gateway.json_body import JsonBlueprint
from gateway.language import spoken
from gateway.problems import Problem
from network.keys import KeyFileError

blueprint = JsonBlueprint("login", __name__, url_prefix="/api/v1", description="登录")


@blueprint.post("/login")
@blueprint.arguments(schemas.Login)
@blueprint.response(200, schemas.LoggedIn)
@blueprint.doc(security=[])
def log_in(given: dict[str, str]) -> Any:
    """A session of eight hours. Five wrong attempts close the name for five minutes."""
    office, user = given["office"], given["user"]
    name = f"{office}/{user}"
    closed = desk().lockout.closed_for(name)
    if closed:
        raise Problem(429, "locked_out", retry_after=closed)
    account = _account(name, office, user, given["password"])
    key = _unlocked(name, account, office, given["discipline_passphrase"])
    desk().lockout.right(name)
    actor = account.actor(office, user)
    shown = {"office": office, "user": user, "name": account.name, "desk": account.desk, "roles": account.roles}
    token = desk().sessions.open(actor, key)
    return {**shown, "token": token, "expires_in": SESSION_SECONDS, "unlocked": key is not None}


def _account(name: str, office: str, user: str, password: str) -> Account:
    account = desk().accounts.get(office, {}).get(user)
    if not password_fits(account, password) or account is None:
        desk().lockout.wrong(name)
        raise Problem(401, "wrong_login", spoken("机构、用户名或密码不对", "Office, user or password is wrong"))
    return account


def _unlocked(name: str, account: Account, office: str, passphrase: str) -> PrivateKey | None:
    """The discipline key, for an account of that desk that gave the passphrase."""
    if account.desk != DeskWord.DISCIPLINE or not passphrase:
        return None
    try:
        return desk().keyring.private(office, "discipline", passphrase)
    except KeyFileError:
        desk().lockout.wrong(name)
        words = spoken("口令不对，或者本机没有该密钥", "The passphrase is wrong, or the key is not on this machine")
        raise Problem(401, "wrong_passphrase", errors={"discipline_passphrase": [words]}) from None
