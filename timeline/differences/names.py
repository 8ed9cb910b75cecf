"""What the records that pictures refer to are called."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from timeline.models.base import Record
from timeline.pictures import MODELS, references


@dataclass
class Names:
    """What the records that pictures refer to are called; loaded for many pictures at once.

    With `public`, a record that readers cannot open has no name.
    """

    public: bool = False
    called: dict[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def in_pictures(cls, pictures: Iterable[tuple[str, dict]], *, public: bool = False):
        wanted = defaultdict(set)
        for kind, picture in pictures:
            for target, slug in references(kind, picture):
                wanted[target].add(slug)
        called = {}
        for kind, model in MODELS.items():
            records = model.objects.filter(slug__in=wanted[kind])
            if public and issubclass(model, Record):
                records = records.published()
            called |= {(kind, one.slug): one.heading.text or str(one) for one in records}
        return cls(public, called)

    def of(self, kind: str, slug: str | None) -> str:
        """The name; "" where there is none to show."""
        if not slug:
            return ""
        return self.called.get((kind, slug), "" if self.public else slug)
