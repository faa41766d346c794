"""Load, decide, save, say: a dispute becomes a petition."""

import hashlib

from contracts.commands.intake.casework import Register
from contracts.letters import Letter, Tell
from contracts.words import Channel, Nature
from network.uow import UnitOfWork
from services.intake import acts, store


def raised(uow: UnitOfWork, letter: Letter) -> None:
    """Register the dispute as a petition found by a sweep, once, and tell its number to the own supervision.

    Nobody reported it, so nobody has a receipt: the hash that stands for one is made of the dispute and opens to no receipt.
    """
    known = store.report_locked(uow.session, letter.case)
    number = known.number if known is not None else _register(uow, letter)
    told = {"dispute": letter.data["dispute"], "number": number}
    uow.tell(Tell(uow.office.id, "supervision", "dispute_registered", letter.case, told))


def _register(uow: UnitOfWork, letter: Letter) -> str:
    data = letter.data
    no_receipt = hashlib.blake2b(f"no receipt {data['dispute']}".encode(), digest_size=32).hexdigest()
    given = {
        "case": letter.case,
        "receipt_hash": no_receipt,
        "channel": Channel.SWEEP.value,
        "nature": Nature.SEEK.value,
        "real_name": False,
        "contactable": False,
        "head_count": data["heads"],
        **{name: data[name] for name in ("category", "place", "text")},
    }
    answer = acts.register(uow, Register().load(given))
    return str(answer["number"])
