"""Checks in the data files: that a record was compared with its sources, and when."""

from datetime import date

from timeline.models import Check
from timeline.seeding.schema import CheckedEntry

OWNERS = {"actors": "actor", "agreements": "agreement", "events": "event"}


def said(kind: str, **condition) -> dict[int, dict]:
    """The checks of the records that fulfil a condition, by number, as an entry gives them.

    They are no part of the pictures: history tells what a record says, and a check says nothing
    new. Who checked stays here.
    """
    if kind not in OWNERS:
        return {}
    owner = OWNERS[kind]
    of_kind = {f"{owner}__isnull": False}
    of_kind |= {f"{owner}__{name}": value for name, value in condition.items()}
    found: dict[int, dict] = {}
    for check in Check.objects.filter(**of_kind).prefetch_related("sources"):
        checks = found.setdefault(getattr(check, f"{owner}_id"), {"checks": []})["checks"]
        checks.append(
            {
                "on": check.on.isoformat(),
                "sources": [source.slug for source in check.sources.all()],
                "facts": check.facts,
            }
        )
    return found


def write(kind: str, entries: list[CheckedEntry], numbers: dict[str, dict[str, int]]) -> None:
    """Bring the checks of the records in step with their entries.

    `numbers` are those of the records, by kind and slug. A check that is there already keeps
    the name of who made it.
    """
    owner = f"{OWNERS[kind]}_id"
    owners = [numbers[kind][entry.slug] for entry in entries]
    there = Check.objects.filter(**{f"{owner}__in": owners}).prefetch_related("sources")
    present = {_key(check, [one.pk for one in check.sources.all()]): check for check in there}
    for entry in entries:
        for said in entry.checks:
            sources = [numbers["sources"][slug] for slug in said.sources]
            check = Check(on=date.fromisoformat(said.on), facts=said.facts)
            setattr(check, owner, numbers[kind][entry.slug])
            check = present.pop(_key(check, sources), check)
            check.is_current = said.facts == entry.facts
            check.save()
            check.sources.set(sources)
    for check in present.values():
        check.delete()


def _key(check: Check, sources: list[int]) -> tuple:
    """Two checks with the same key are one."""
    return (
        check.event_id,
        check.agreement_id,
        check.actor_id,
        check.on,
        check.facts,
        *sorted(sources),
    )
