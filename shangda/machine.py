"""The offices whose databases lie on this machine, opened for a command of the operator."""

from collections.abc import Sequence

from sqlalchemy import inspect

import shangda.models  # noqa: F401  makes every table known
from contracts.context import Actor
from network.db import postgres_engine, schema_name
from network.hosting import database_file, open_offices
from network.office import OfficeRuntime
from network.offices import load_district
from network.settings import Settings


def offices_here(settings: Settings) -> dict[str, OfficeRuntime]:
    """The offices of the network that have a database here, from the district downwards."""
    return _opened(settings, [office.id for office in load_district(settings.district_file).network_offices()])


def office_here(settings: Settings, office: str) -> OfficeRuntime | None:
    """One office of the network, if it has a database here."""
    return _opened(settings, [office]).get(office)


def _opened(settings: Settings, ids: Sequence[str]) -> dict[str, OfficeRuntime]:
    if settings.database_url:
        engine = postgres_engine(settings.database_url)
        schemas = set(inspect(engine).get_schema_names())
        engine.dispose()
        there = [office for office in ids if schema_name(office) in schemas]
    else:
        there = [office for office in ids if database_file(settings, office).exists()]
    return open_offices(settings, there)


def operator(office: str, user: str) -> Actor:
    """The person at this machine's terminal, as the journal names them."""
    return Actor(id=f"operator:{user}", office=office, roles=("operator",))
