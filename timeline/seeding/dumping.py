"""From the database to entries."""

from timeline import pictures
from timeline.pictures import MODELS
from timeline.seeding import comparisons
from timeline.seeding.schema import KINDS, SeedEntry

__all__ = ["MODELS", "entries"]


def entries(kind: str, slugs: list[str] | None = None) -> dict[str, SeedEntry]:
    """The records of a kind as entries, by slug, in the order of the files.

    All of them, or those with the given slugs.
    """
    condition = {} if slugs is None else {"slug__in": slugs}
    checks = comparisons.said(kind, **condition)
    pictured = pictures.of_all(kind, **condition)
    return {
        picture["slug"]: KINDS[kind].model_validate(picture | checks.get(number, {}))
        for number, picture in pictured.items()
    }
