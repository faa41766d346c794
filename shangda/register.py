"""The register of officials in the databases of this machine: imported into the district's, looked up in an office's."""

from pathlib import Path
from typing import Any

from contracts.context import Actor
from network.ids import new_id
from network.office import OfficeRuntime
from services.assignment.officials import store
from services.assignment.service import AssignmentService
from shangda.officials_xlsx import OfficialsFileError, read_officials, version_of

ROLES = ["operator", "leader"]


def import_file(district: OfficeRuntime, path: Path, by: Actor, version: str = "") -> dict[str, Any]:
    """Import an Excel file as the next version of the register. → ``{version, serial, officials, changed}``.

    Without a ``version`` the content names it. The running node's relay posts the copies. Raises OfficialsFileError.
    """
    file = read_officials(path)
    data = {"version": version or version_of(file.officials), "officials": list(file.officials)}
    payload = {
        "actor": {"id": by.id, "office": by.office, "desk": "discipline", "roles": ROLES},
        "data": data,
        "command_id": new_id(),
    }
    answer = AssignmentService.of(district).import_officials(payload)  # type: ignore[attr-defined]
    if not answer["ok"]:
        error = answer["error"]
        raise OfficialsFileError("\n".join([error["message"], *file.explain(error["fields"])]))
    result: dict[str, Any] = answer["result"]
    return result


def is_official(office: OfficeRuntime, person: str) -> bool | None:
    """Whether the register in force at the office has this id; None while no register has come there."""
    with office.reading() as session:
        register = store.in_force(session)
    return any(official.id == person for official in register.officials) if register.serial else None
