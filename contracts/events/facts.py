"""What a correction tells beyond its milestone: that a petition went, sealed, to the discipline desk."""

from marshmallow import Schema

from contracts.events.parts import moment_required


class CaseResealed(Schema):
    """assignment (holder) → supervision here and above: an ordinary petition accuses somebody and was sealed.

    It goes on as another case, of which nothing is said here; the line of the petition is deleted.
    """

    at = moment_required()


EVENTS: dict[str, type[Schema]] = {
    "case_resealed": CaseResealed,
}
