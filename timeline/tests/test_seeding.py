"""The data files and the database are kept in step, all or nothing."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.utils.timezone import localdate

from timeline import seeding
from timeline.choices import Status
from timeline.models import Actor, Agreement, Citation, Event, Source, Tenure

pytestmark = pytest.mark.django_db

SECTORS = """
- slug: diplomacy
  position: 1
  name: {en: Diplomacy, tr: Diplomasi, ja: 外交}
- slug: trade
  position: 2
  name: {en: Trade}
"""
PLACES = """
- slug: ankara
  name: {en: Ankara}
  aliases: [Angora]
  country: TR
  latitude: 39.9334
  longitude: 32.8597
"""
SOURCES = """
- slug: ministry-1924
  title: No
  language: en
  publisher: A ministry
  date: 1924-08
  kind: official
  side: japan
- slug: newspaper-1925
  title: 日本とトルコ
  language: ja
  kind: press
  side: turkiye
"""
ACTORS = """
- slug: japan
  kind: state
  name: {en: Japan, ja: 日本}
  country: JP
- slug: kono
  kind: person
  name: {en: Taro Kono}
  aliases: [Kōno Tarō, 河野太郎]
  country: JP
  wikidata: Q1
  offices:
  - title: {en: Minister for Foreign Affairs}
    institution: japan
    from: 2017-08-03
    to: 2019-09
    citations:
    - source: ministry-1924
  - title: {en: Member of the House}
"""
AGREEMENTS = """
- slug: lausanne
  kind: treaty
  title: {en: Treaty of Lausanne}
  summary: {en: A peace treaty.}
  standing: in-force
  sectors: [trade, diplomacy]
  parties: [kono, japan]
  dates:
  - kind: in-force
    date: 1924-08-06
  - kind: signed
    date: 1923-07~
    place: ankara
    citations:
    - source: ministry-1924
  citations:
  - source: newspaper-1925
    locator: "¶ 3"
"""
EVENTS = """
- slug: relations-begin
  title: {en: Relations begin, tr: İlişkiler başlar, ja: 国交樹立}
  summary: {en: "The treaty came into force: relations began."}
  date: 1924-08-06
  kind: agreement
  sectors: [trade, diplomacy]
  importance: landmark
  place: ankara
  participants:
  - actor: kono
    role: host
  - actor: japan
  agreements:
  - agreement: lausanne
    relation: entered-into-force
  related:
  - event: embassy-opens
    relation: leads-to
  citations:
  - source: ministry-1924
    part: date
    note: The day.
  - source: newspaper-1925
    stance: disputes
  disputes:
  - about: date
    question: {en: When did relations begin?}
    reason: {en: The ministry kept the record.}
    claims:
    - date: 1924-07-07
      citations:
      - source: newspaper-1925
    - date: 1924-08-06
      preferred: true
- slug: embassy-opens
  title: {en: An embassy opens}
  summary: {en: It opened.}
  date: 1925-03/1925-04-05
  kind: institution
  sectors: [diplomacy]
  citations:
  - source: ministry-1924
  note: The day is not known.
- slug: a-rumour
  status: draft
  title: {en: A rumour}
  date: 1926~
  kind: other
"""
BACKGROUND = """
- slug: ertugrul
  title: {en: A frigate sinks}
  summary: {en: It sank.}
  date: 1890-09-16
  kind: other
  sectors: [diplomacy]
  background: true
  citations:
  - source: ministry-1924
"""
COVERAGE = """
- slug: silent-forties
  years: 1941/1943
  sectors: [trade, diplomacy]
  research: fully
  judged_by: The editors
  judged_on: 2026-11-24
  note: {en: Nothing was found.}
"""
FILES = {
    "stories": "",
    "coverage": COVERAGE,
    "sectors": SECTORS,
    "places": PLACES,
    "sources": SOURCES,
    "actors": ACTORS,
    "agreements": AGREEMENTS,
    "events-1920s": EVENTS,
    "events-before-1924": BACKGROUND,
}


@pytest.fixture
def files(tmp_path):
    """A small dataset that uses everything the data files can say."""
    for name, text in FILES.items():
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    return tmp_path


def rewrite(directory, name, old, new):
    path = directory / f"{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def counts(report):
    return len(report.created), len(report.changed), report.unchanged, len(report.kept)


def contents(directory: Path):
    return {path.name: path.read_bytes() for path in directory.glob("*.yaml")}


def test_a_second_load_finds_nothing_to_do(files):
    first, second = seeding.load(files), seeding.load(files)

    assert counts(first) == (13, 0, 0, 0)
    assert counts(second) == (0, 0, 13, 0)


def test_what_was_loaded_is_what_was_written(files):
    seeding.load(files)
    event = Event.objects.get(slug="relations-begin")
    claims = [(str(claim), claim.preferred) for claim in event.disputes.get().claims.all()]

    assert (str(event.when), event.status, event.importance) == (
        "1924-08-06",
        Status.PUBLISHED,
        "landmark",
    )
    assert [link.sector.slug for link in event.sector_links.all()] == ["trade", "diplomacy"]
    assert [(one.actor.slug, one.role) for one in event.participants.all()] == [
        ("kono", "host"),
        ("japan", "participant"),
    ]
    assert claims == [("1924-08-06", True), ("1924-07-07", False)]
    assert Event.objects.get(slug="a-rumour").status == Status.DRAFT
    assert Source.objects.get(slug="ministry-1924").title == "No"
    assert Event.objects.matching("angora kono 国交").get() == event


def test_loading_and_dumping_change_nothing(files, tmp_path):
    seeding.load(files)
    seeding.dump(tmp_path / "one")

    assert counts(seeding.load(tmp_path / "one")) == (0, 0, 13, 0)
    seeding.dump(tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_dump_rebuilds_an_empty_database_with_the_same_numbers(files, tmp_path):
    seeding.load(files)
    seeding.dump(tmp_path / "one")
    numbers = dict(Event.objects.values_list("slug", "pk"))
    Citation.objects.all().delete()
    Tenure.objects.all().delete()
    for model in (Event, Agreement, Actor, Source):
        model.objects.all().delete()

    seeding.load(tmp_path / "one")
    seeding.dump(tmp_path / "two")

    assert dict(Event.objects.values_list("slug", "pk")) == numbers
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_record_made_after_a_load_gets_a_number_of_its_own(files, tmp_path):
    seeding.load(files)
    seeding.dump(tmp_path / "one")
    rewrite(
        tmp_path / "one", "sources", "slug: newspaper-1925\n  id: ", "slug: newspaper-1925\n  id: 7"
    )
    Citation.objects.all().delete()
    Source.objects.all().delete()
    seeding.load(tmp_path / "one")
    highest = Source.objects.order_by("-pk").first().pk

    made = Source.objects.create(slug="new", title="T", language="en", kind="press", side="third")

    assert made.pk == highest + 1


def test_what_staff_changed_is_kept_and_reported(files):
    seeding.load(files)
    Event.objects.filter(slug="embassy-opens").update(title_en="Corrected by hand")
    rewrite(files, "events-1920s", "An embassy opens", "A mission opens")

    report = seeding.load(files)

    assert report.kept == ["events/embassy-opens"]
    assert Event.objects.get(slug="embassy-opens").title_en == "Corrected by hand"


def test_a_changed_part_counts_as_changed_by_staff(files):
    seeding.load(files)
    Citation.objects.filter(event__slug="embassy-opens").update(locator="p. 5")
    rewrite(files, "events-1920s", "An embassy opens", "A mission opens")

    assert seeding.load(files).kept == ["events/embassy-opens"]


def test_overwriting_is_explicit(files):
    seeding.load(files)
    Event.objects.filter(slug="embassy-opens").update(title_en="Corrected by hand")

    report = seeding.load(files, overwrite=True)

    assert report.changed == ["events/embassy-opens"]
    assert Event.objects.get(slug="embassy-opens").title_en == "An embassy opens"


def test_a_change_in_the_files_is_carried_over(files):
    seeding.load(files)
    rewrite(files, "events-1920s", "An embassy opens", "A mission opens")
    rewrite(files, "actors", "to: 2019-09", "to: 2019-09-11")

    report = seeding.load(files)

    assert report.changed == ["actors/kono", "events/embassy-opens"]
    assert str(Actor.objects.get(slug="kono").tenures.last().end) == "2019-09-11"
    assert Event.objects.matching("mission").exists()
    assert counts(seeding.load(files)) == (0, 0, 13, 0)


def test_a_record_that_left_the_files_stays(files):
    seeding.load(files)
    (files / "events-before-1924.yaml").unlink()

    assert counts(seeding.load(files)) == (0, 0, 12, 0)
    assert Event.objects.filter(slug="ertugrul").exists()


def test_a_dry_run_tells_and_writes_nothing(files, capsys):
    call_command("load_seeds", files, dry_run=True)

    out = capsys.readouterr().out
    assert "new: events/relations-begin\n" in out
    assert out.endswith("13 created, 0 changed, 0 unchanged, 0 kept (nothing is written).\n")
    assert not Event.objects.exists()


def test_merged_and_withdrawn_records_keep_their_tombstones(files, tmp_path):
    rewrite(
        files,
        "events-1920s",
        "- slug: a-rumour\n  status: draft",
        "- slug: a-rumour\n  status: merged\n  merged_into: embassy-opens",
    )
    rewrite(
        files,
        "events-before-1924",
        "- slug: ertugrul",
        "- slug: ertugrul\n  status: withdrawn\n  reason: Told elsewhere.",
    )
    seeding.load(files)
    rumour = Event.objects.get(slug="a-rumour")

    assert (rumour.status, rumour.merged_into.slug) == (Status.MERGED, "embassy-opens")
    assert Event.objects.get(slug="ertugrul").reason == "Told elsewhere."
    seeding.dump(tmp_path / "one")
    assert counts(seeding.load(tmp_path / "one")) == (0, 0, 13, 0)


def test_a_record_is_added_on_the_day_its_file_says_or_else_today(files, tmp_path):
    rewrite(files, "actors", "slug: japan", "slug: japan\n  added: 2020-02-29")
    seeding.load(files)
    seeding.dump(tmp_path / "one")
    added = dict(Event.objects.values_list("slug", "added"))

    assert Actor.objects.get(slug="japan").added == date(2020, 2, 29)
    assert "  added: 2020-02-29\n" in (tmp_path / "one/actors.yaml").read_text()
    assert added == {
        "relations-begin": localdate(),
        "embassy-opens": localdate(),
        "ertugrul": localdate(),
        "a-rumour": None,
    }


def test_the_day_of_a_correction_is_carried_over_and_does_not_count_as_one(files):
    seeding.load(files)
    Event.objects.filter(slug="embassy-opens").update(changed=localdate())
    rewrite(files, "events-1920s", "An embassy opens", "A mission opens")

    report = seeding.load(files)

    assert report.changed == ["events/embassy-opens"]
    assert Event.objects.get(slug="embassy-opens").changed == localdate()


def test_a_translation_renders_the_english_it_stands_beside(files, tmp_path):
    seeding.load(files)
    seeding.dump(tmp_path / "one")
    japan = Actor.objects.get(slug="japan")

    assert Event.objects.get(slug="relations-begin").translations["tr"] == "missing"
    assert japan.translations == {"tr": "missing", "ja": "unreviewed"}
    assert f"ja: unreviewed {japan.english_mark}\n" in (tmp_path / "one/actors.yaml").read_text()


def test_a_translation_is_stale_when_the_english_changes_in_the_files(files, tmp_path):
    seeding.load(files)
    seeding.dump(tmp_path / "one")
    rewrite(tmp_path / "one", "actors", "en: Japan\n", "en: State of Japan\n")

    seeding.load(tmp_path / "one")

    assert Actor.objects.get(slug="japan").translation("ja") == "stale"


BROKEN = [
    (
        "coverage",
        "years: 1941/1943",
        "years: 1941-02",
        "coverage.yaml: silent-forties: entry: "
        "Coverage is stated for a year or for years: 1941 or 1941/1943.",
    ),
    (
        "actors",
        "slug: japan",
        "slug: japan\n  translations: {ja: good}",
        "actors.yaml: japan: translations.ja: “good” is not “unreviewed” or “reviewed” "
        "with the mark of the English text.",
    ),
    (
        "events-1920s",
        "1924-08-06\n  kind",
        "1924-13\n  kind",
        "events-1920s.yaml: relations-begin: date: “1924-13” does not exist in the calendar.",
    ),
    (
        "events-1920s",
        "1925-03/1925-04-05",
        "1925-05/1925-04-05",
        "events-1920s.yaml: embassy-opens: date: The start, 1925-05, is after the end, 1925-04-05.",
    ),
    (
        "events-1920s",
        "date: 1926~",
        "date: 1936~",
        "events-1920s.yaml: a-rumour: date: the entry belongs in events-1930s.yaml.",
    ),
    (
        "events-1920s",
        "slug: a-rumour",
        "slug: embassy-opens",
        "events-1920s.yaml: embassy-opens: slug: "
        "an earlier entry has the slug “embassy-opens” too.",
    ),
    (
        "events-before-1924",
        "slug: ertugrul",
        "slug: embassy-opens",
        "events-before-1924.yaml: embassy-opens: slug: "
        "an earlier entry has the slug “embassy-opens” too.",
    ),
    (
        "events-1920s",
        "actor: kono",
        "actor: nobody",
        "events-1920s.yaml: relations-begin: participants.0.actor: "
        "there is no “nobody” among the actors.",
    ),
    (
        "actors",
        "institution: japan",
        "institution: nowhere",
        "actors.yaml: kono: offices.1.institution: there is no “nowhere” among the actors.",
    ),
    (
        "events-1920s",
        "- date: 1924-07-07",
        "- date: 1924-07-07\n      preferred: true",
        "events-1920s.yaml: relations-begin: disputes.0: "
        "Exactly one claim is preferred; here 2 are.",
    ),
    (
        "events-1920s",
        "      preferred: true\n",
        "",
        "events-1920s.yaml: relations-begin: disputes.0: "
        "Exactly one claim is preferred; here 0 are.",
    ),
    (
        "events-1920s",
        "event: embassy-opens",
        "event: relations-begin",
        "events-1920s.yaml: relations-begin: related.0: an event cannot be related to itself.",
    ),
    (
        "events-1920s",
        "  - actor: japan",
        "  - actor: kono\n    role: host\n  - actor: japan",
        "events-1920s.yaml: relations-begin: participants: the same thing stands here twice.",
    ),
    (
        "events-1920s",
        "[trade, diplomacy]",
        "[trade, diplomacy, trade]",
        "events-1920s.yaml: relations-begin: sectors: the same thing stands here twice.",
    ),
    (
        "events-1920s",
        "kind: institution",
        "kind: palace",
        "events-1920s.yaml: embassy-opens: kind: “palace” is none of: visit, meeting, agreement, "
        "statement, conference, institution, project, disaster-relief, commemoration, conflict, "
        "business, culture, transport, other.",
    ),
    (
        "events-1920s",
        "kind: institution",
        "colour: red\n  kind: institution",
        "events-1920s.yaml: embassy-opens: colour: Extra inputs are not permitted",
    ),
    (
        "events-1920s",
        "  kind: institution\n",
        "",
        "events-1920s.yaml: embassy-opens: kind: the field is missing.",
    ),
    (
        "events-1920s",
        "  kind: institution\n",
        "  kind: institution\n  kind: visit\n",
        "events-1920s.yaml: line 36: “kind” is given twice",
    ),
    (
        "events-1920s",
        "slug: a-rumour",
        "slug: A Rumour",
        "events-1920s.yaml: A Rumour: slug: “A Rumour” is not a slug: "
        "lower-case letters, digits and hyphens, at most 80.",
    ),
    (
        "events-1920s",
        "  citations:\n  - source: ministry-1924\n  note: The",
        "  note: The",
        "events-1920s.yaml: embassy-opens: status: cannot be published: a supporting citation",
    ),
    (
        "events-1920s",
        "  summary: {en: It opened.}\n",
        "",
        "events-1920s.yaml: embassy-opens: status: cannot be published: an English summary",
    ),
    (
        "events-1920s",
        "status: draft",
        "status: merged",
        "events-1920s.yaml: a-rumour: entry: A merged record, and no other, says `merged_into`.",
    ),
    (
        "sources",
        "side: turkiye",
        "side: turkiye\n  added: 2026-11-24\n  changed: 2026-11-23",
        "sources.yaml: newspaper-1925: entry: "
        "A record is `changed` after it was `added`, and says when that was.",
    ),
    (
        "sources",
        "side: turkiye",
        "side: turkiye\n  url: javascript:alert(1)",
        "sources.yaml: newspaper-1925: url: String should match pattern '^https?://[^\\s<>\\\"]+$'",
    ),
    (
        "places",
        "  longitude: 32.8597\n",
        "",
        "places.yaml: ankara: entry: A place has both coordinates or neither.",
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "error"), BROKEN)
def test_one_mistake_is_named_and_nothing_is_written(files, name, old, new, error):
    rewrite(files, name, old, new)

    with pytest.raises(seeding.SeedErrors) as refusal:
        seeding.load(files)

    assert refusal.value.errors == [error]
    assert not Event.objects.exists()
    assert not Source.objects.exists()


def test_every_mistake_is_named_at_once(files):
    rewrite(files, "events-1920s", "kind: institution", "kind: palace")
    rewrite(files, "actors", "wikidata: Q1", "wikidata: 1")
    rewrite(files, "events-1920s", "source: newspaper-1925\n    stance", "source: gone\n    stance")

    with pytest.raises(CommandError, match=r"3 errors; nothing was written\."):
        call_command("load_seeds", files)


def test_a_missing_file_and_a_stranger_are_errors(files):
    (files / "sources.yaml").unlink()
    (files / "evnts-1920s.yaml").write_text("[]")

    with pytest.raises(seeding.SeedErrors) as refusal:
        seeding.load(files)

    assert refusal.value.errors[:2] == [
        "sources.yaml: the file is missing.",
        "evnts-1920s.yaml: not a file of the dataset; see README.md.",
    ]


def test_a_missing_folder_is_an_error(tmp_path):
    with pytest.raises(CommandError, match="errors; nothing was written"):
        call_command("load_seeds", tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"- slug: \xff\xfe", "sources.yaml: 'utf-8' codec can't decode byte 0xff"),
        (b"- slug: [", "sources.yaml: line 2: did not find"),
        (b"slug: x", "sources.yaml: the file is not a list of entries."),
        (b"- just text", "sources.yaml: line 1: entry: Input should be a valid dictionary"),
        (b"\x00", "sources.yaml: "),
    ],
)
def test_a_file_that_cannot_be_read_says_so(files, content, message):
    (files / "sources.yaml").write_bytes(content)

    with pytest.raises(seeding.SeedErrors) as refusal:
        seeding.load(files)

    assert refusal.value.errors[0].startswith(message)
    assert not Event.objects.exists()


def test_a_number_neither_changes_nor_changes_hands(files, tmp_path):
    seeding.load(files)
    numbers = dict(Source.objects.values_list("slug", "pk"))
    taken, own = numbers["newspaper-1925"], numbers["ministry-1924"]
    rewrite(files, "sources", "- slug: ministry-1924", f"- slug: ministry-1924\n  id: {taken}")

    with pytest.raises(seeding.SeedErrors) as refusal:
        seeding.load(files)

    assert refusal.value.errors == [
        f"sources.yaml: ministry-1924: id: the record has the number {own} already."
    ]


def test_a_dump_that_cannot_be_written_says_so(files, tmp_path):
    seeding.load(files)
    (tmp_path / "blocked").write_text("a file where a folder should be")

    with pytest.raises(CommandError, match="cannot be written"):
        call_command("dump_seeds", tmp_path / "blocked")


def test_the_published_dataset_loads_and_is_in_its_canonical_form(tmp_path):
    seeding.load(settings.SEEDS_DIR)
    seeding.dump(tmp_path)

    assert contents(tmp_path) == contents(settings.SEEDS_DIR)


def test_after_a_dump_the_files_are_taken_over_again(files, tmp_path):
    seeding.load(files)
    Event.objects.filter(slug="embassy-opens").update(title_en="Corrected by hand")
    seeding.dump(tmp_path / "one")
    rewrite(tmp_path / "one", "events-1920s", "Corrected by hand", "Corrected in the file")

    report = seeding.load(tmp_path / "one")

    assert (report.changed, report.kept) == (["events/embassy-opens"], [])
    assert Event.objects.get(slug="embassy-opens").title_en == "Corrected in the file"


def test_what_rests_on_a_draft_source_is_not_published(files):
    rewrite(files, "sources", "slug: ministry-1924", "slug: ministry-1924\n  status: draft")

    with pytest.raises(seeding.SeedErrors) as refusal:
        seeding.load(files)

    lack = "status: cannot be published: a supporting citation"
    assert refusal.value.errors == [
        f"events-before-1924.yaml: ertugrul: {lack}",
        f"events-1920s.yaml: relations-begin: {lack}",
        f"events-1920s.yaml: embassy-opens: {lack}",
    ]


def test_a_dump_drops_the_file_of_a_decade_without_events(files, tmp_path):
    shutil.copytree(files, tmp_path / "seeds")
    seeding.load(files)
    Event.objects.filter(slug="ertugrul").delete()

    seeding.dump(tmp_path / "seeds")

    assert not (tmp_path / "seeds" / "events-before-1924.yaml").exists()
