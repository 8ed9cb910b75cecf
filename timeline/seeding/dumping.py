"""From the database to entries."""

from timeline import pictures
from timeline.pictures import MODELS
from timeline.seeding.schema import KINDS, SeedEntry

__all__ = ["MODELS", "entries"]


def entries(kind: str, slugs: list[str] | None = None) -> dict[str, SeedEntry]:
    """The records of a kind as entries, by slug, in the order of the files.

    All of them, or those with the given slugs.
    """
    condition = {} if slugs is None else {"slug__in": slugs}
    pictured = pictures.of_all(kind, **condition).values()
    return {one["slug"]: KINDS[kind].model_validate(one) for one in pictured}
