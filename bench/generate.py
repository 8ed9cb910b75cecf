"""Fill an empty database with synthetic records, as many as asked for; always the same ones.

    export SECRET_KEY=anything VAR_DIR=$(mktemp -d)      # or DATABASE_URL=…
    .venv/bin/python manage.py migrate
    .venv/bin/python bench/generate.py 100000 [--seed 1]

From another measurement: `from generate import generate`, after `django.setup()`.

The records have the proportions of the real ones (texts in three languages, two thirds of them
translated; one to three sectors, one to four participants, two or three citations of sources
from both sides; dates by day, month and year, some approximate, some intervals; one in fifty in
dispute), and names that nobody can take for real ones: “Person 12”, “Kişi 12”, 「人物12」. A
database that holds any event is refused.
"""

import argparse
import datetime
import os
import random
import sys
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relations.settings")

import django  # noqa: E402

if __name__ == "__main__":
    django.setup()

from django.db import connection, transaction  # noqa: E402

from timeline import choices  # noqa: E402
from timeline.dates import PartialDate  # noqa: E402
from timeline.models import (  # noqa: E402
    Actor,
    Agreement,
    AgreementDate,
    AgreementLink,
    Citation,
    Claim,
    Dispute,
    Event,
    EventSector,
    Participation,
    Place,
    Sector,
    Source,
    Tenure,
)
from timeline.models.base import mark_of  # noqa: E402
from timeline.text import fold  # noqa: E402

BATCH = 2000
ADDED = datetime.date(2026, 11, 24)
_SECTORS = """diplomacy defence trade infrastructure energy disaster science-technology education
culture tourism-transport health humanitarian"""
_WORDS = {
    "en": """delegation exhibition cooperation harbour railway earthquake university friendship
statement minister visit embassy agreement loan bridge school trade ship council report opened
signed discussed received announced between after during several members""",
    "tr": """heyet sergi işbirliği liman demiryolu deprem üniversite dostluk açıklama bakan ziyaret
büyükelçilik anlaşma kredi köprü okul ticaret gemi kurul rapor açıldı imzalandı görüşüldü kabul
duyuruldu arasında sonra sırasında çeşitli üyeler ıslahat""",
    "ja": """代表団 展覧会 協力 港 鉄道 地震 大学 友好 声明 大臣 訪問 大使館 協定 借款 橋 学校 貿易
船 評議会 報告 開館した 署名した 協議した 受け入れた 発表した の間で のち 期間中 複数の""",
}
WORDS = {code: words.split() for code, words in _WORDS.items()}


def generate(number: int, seed: int = 1) -> None:
    """That many published events, with all that hangs on them, in one transaction."""
    if Event.objects.exists():
        raise SystemExit("This database holds events. Synthetic ones are for an empty one only.")
    chance = random.Random(seed)  # noqa: S311
    with transaction.atomic():
        vocabulary = _Vocabulary(chance, number)
        for start in range(0, number, BATCH):
            _events(chance, vocabulary, range(start, min(start + BATCH, number)))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


class _Vocabulary:
    """What events refer to."""

    def __init__(self, chance: random.Random, number: int):
        for position, slug in enumerate(_SECTORS.split(), 1):
            Sector.objects.get_or_create(
                slug=slug,
                defaults={"name_en": slug.replace("-", " ").title(), "position": position},
            )
        self.sectors = list(Sector.objects.all())
        self.places = _made(Place, (_place(chance, n) for n in range(60)))
        self.actors = _made(Actor, (_actor(chance, n) for n in range(20 + min(number // 20, 3000))))
        people = [actor for actor in self.actors if actor.kind == choices.ActorKind.PERSON]
        _made(
            Tenure, (_tenure(chance, actor, self.actors[0], n) for actor in people for n in (1, 2))
        )
        self.sources = _made(
            Source, (_source(chance, n) for n in range(20 + min(number // 2, 30_000)))
        )
        self.agreements = _made(
            Agreement, (_agreement(chance, n) for n in range(10 + min(number // 50, 500)))
        )
        _made(AgreementDate, (_agreement_date(chance, one) for one in self.agreements))
        _made(
            Citation,
            (Citation(agreement=a, source=chance.choice(self.sources)) for a in self.agreements),
        )


def _made(model, records) -> list:
    records, made = iter(records), []
    while batch := list(islice(records, BATCH)):
        made += model.objects.bulk_create(batch)
    return made


def _text(chance: random.Random, language: str, words: int) -> str:
    joined = ("" if language == "ja" else " ").join(chance.choices(WORDS[language], k=words))
    return joined[:1].upper() + joined[1:]


def _texts(chance, field: str, words: int, languages, prefix: dict | None = None) -> dict:
    prefix = prefix or {}
    return {
        f"{field}_{code}": prefix.get(code, "") + _text(chance, code, words)
        if code in languages
        else ""
        for code in WORDS
    }


def _public(kind: str, number: int) -> dict:
    return {
        "slug": f"synthetic-{kind}-{number:06}",
        "status": choices.Status.PUBLISHED,
        "added": ADDED,
    }


def _place(chance, number: int) -> Place:
    return Place(
        slug=f"synthetic-place-{number:03}",
        name_en=f"Place {number}",
        name_tr=f"Yer {number}",
        name_ja=f"場所{number}",
        country=chance.choice(["TR", "TR", "JP", "JP", "FR"]),
        latitude=f"{chance.uniform(30, 45):.4f}",
        longitude=f"{chance.uniform(20, 145):.4f}",
    )


def _actor(chance, number: int) -> Actor:
    actor = Actor(
        **_public("actor", number),
        name_en=f"Person {number}",
        name_tr=f"Kişi {number}",
        name_ja=f"人物{number}",
        kind=chance.choice(
            ["person", "person", "company", "ministry", "university", "organisation"]
        ),
        country=chance.choice(["TR", "JP"]),
    )
    actor.folded = fold(" ".join(actor.all_names))
    return actor


def _tenure(chance, actor, institution, number: int) -> Tenure:
    year = chance.randint(1924, 2015)
    return Tenure(
        actor=actor,
        title_en=f"Holder of office {number}",
        title_tr=f"{number}. görevin sahibi",
        title_ja=f"役職{number}",
        institution=institution,
        start=PartialDate(year),
        end=PartialDate(year + 5),
    )


def _source(chance, number: int) -> Source:
    language = chance.choice(list(WORDS))
    title = f"{_text(chance, language, 6)} {number}"
    return Source(
        **_public("source", number),
        title=title,
        language=language,
        publisher=f"Publisher {number % 300}",
        date=_date(chance),
        kind=chance.choice(choices.SourceKind.values),
        side=chance.choice(choices.Side.values),
        url=f"https://example.org/synthetic/{number}",
        folded=fold(f"{title} Publisher {number % 300}"),
    )


def _agreement(chance, number: int) -> Agreement:
    texts = _texts(chance, "title", 6, WORDS) | _texts(chance, "summary", 30, WORDS)
    return Agreement(
        **_public("agreement", number),
        **texts,
        kind=chance.choice(choices.AgreementKind.values),
        standing=chance.choice(choices.Standing.values),
        folded=fold(" ".join(texts.values())),
    )


def _agreement_date(chance, agreement) -> AgreementDate:
    return AgreementDate(agreement=agreement, kind="signed", date=_date(chance))


def _date(chance) -> PartialDate:
    # Most of what is known is recent, as in any such record.
    year = 2025 - int(101 * chance.random() ** 1.6)
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    return chance.choices(
        [PartialDate(year), PartialDate(year, month), PartialDate(year, month, day)], [20, 15, 65]
    )[0]


def _event(chance, vocabulary, number: int) -> Event:
    languages = chance.choices([("en", "tr", "ja"), ("en", "tr"), ("en",)], [66, 17, 17])[0]
    prefix = {"en": f"Event {number}: ", "tr": f"Olay {number}: ", "ja": f"出来事{number}："}
    texts = _texts(chance, "title", 8, languages, prefix)
    texts |= _texts(chance, "summary", 45, languages)
    start, mark = _date(chance), mark_of([texts["title_en"], texts["summary_en"]])
    has_end = start.month is None and number % 10 == 0
    return Event(
        **_public("event", number),
        **texts,
        tr_of=mark if "tr" in languages else "",
        ja_of=mark if "ja" in languages else "",
        start=start,
        end=PartialDate(min(start.year + 1, 2025)) if has_end else None,
        approximate=chance.random() < 0.03,
        kind=chance.choice(choices.Kind.values),
        importance=chance.choices(choices.Importance.values, [1, 12, 87])[0],
        place=chance.choice(vocabulary.places) if chance.random() < 0.85 else None,
    )


def _events(chance, vocabulary, numbers) -> None:
    events = [_event(chance, vocabulary, number) for number in numbers]
    casts = [chance.sample(vocabulary.actors, chance.randint(1, 4)) for _event in events]
    for event, cast in zip(events, casts, strict=True):
        names = [name for actor in cast for name in actor.all_names]
        names += event.place.all_names if event.place else []
        event.folded = fold(" ".join(text for text in [*event.own_texts(), *names] if text))
    events = Event.objects.bulk_create(events)
    sectors, participants, citations, links, disputes = [], [], [], [], []
    for event, cast in zip(events, casts, strict=True):
        chosen = chance.sample(vocabulary.sectors, chance.choices([1, 2, 3], [50, 35, 15])[0])
        sectors += [EventSector(event=event, sector=s, rank=r) for r, s in enumerate(chosen, 1)]
        participants += [
            Participation(event=event, actor=actor, role=chance.choice(choices.Role.values))
            for actor in cast
        ]
        citations += [
            Citation(event=event, source=source, part=part, locator="p. 12")
            for source, part in zip(
                chance.sample(vocabulary.sources, chance.randint(2, 3)),
                ["summary", "date", "title"],
                strict=False,
            )
        ]
        if chance.random() < 0.1:
            agreement = chance.choice(vocabulary.agreements)
            links.append(AgreementLink(event=event, agreement=agreement, relation="signed"))
        if chance.random() < 0.02:
            disputes.append(
                Dispute(event=event, about="date", question_en="When?", reason_en="So.")
            )
    EventSector.objects.bulk_create(sectors)
    Participation.objects.bulk_create(participants)
    AgreementLink.objects.bulk_create(links)
    claims = [
        Claim(dispute=dispute, start=PartialDate(1950 + n), preferred=n == 0)
        for dispute in Dispute.objects.bulk_create(disputes)
        for n in range(2)
    ]
    citations += [
        Citation(claim=claim, source=chance.choice(vocabulary.sources))
        for claim in Claim.objects.bulk_create(claims)
    ]
    Citation.objects.bulk_create(citations)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("number", type=int)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    generate(arguments.number, arguments.seed)
    print(f"{Event.objects.count()} events.")
