"""Spreadsheets: what is read, what is refused in which words, and that a round changes nothing."""

import datetime

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from timeline import spreadsheets
from timeline.choices import Status
from timeline.dates import PartialDate
from timeline.models import (
    Actor,
    Agreement,
    AgreementLink,
    Citation,
    Event,
    EventLink,
    Source,
)
from timeline.spreadsheets import delimited, workbooks
from timeline.spreadsheets.cells import MOST_BYTES, guarded, unguarded
from timeline.tests import broken_files
from timeline.tests.broken_files import FILES, GOOD, ROWS, csv, row, xlsx
from timeline.tests.factories import (
    ActorFactory,
    AgreementDateFactory,
    CitationFactory,
    DisputeFactory,
    EventFactory,
    PlaceFactory,
    SectorFactory,
    SourceFactory,
)


def checked(content, kind="sources", name="x.csv", **more):
    name = "x.xlsx" if content.startswith(b"PK") else name
    check = spreadsheets.Check(kind, spreadsheets.read_table(name, content, kind), **more)
    for _done in check.steps():
        pass
    return check


def imported(content, kind="sources"):
    """Checks and saves, and returns how many records there were to save."""
    check = checked(content, kind)
    assert check.problems == []
    for _done in spreadsheets.save(check):
        pass
    return len(check.new)


def told(check):
    return [(problem.row, problem.column, problem.message) for problem in check.problems]


@pytest.mark.parametrize(("name", "content", "message"), FILES.values(), ids=FILES)
def test_a_broken_file_is_refused_with_the_reason(name, content, message):
    with pytest.raises(spreadsheets.BrokenFile) as refusal:
        spreadsheets.read_table(name, content, "sources")

    assert message in str(refusal.value)


def test_a_file_too_large_is_not_even_looked_at():
    with pytest.raises(spreadsheets.BrokenFile, match="larger than 10 MB"):
        spreadsheets.read_table("x.csv", b"x" * (MOST_BYTES + 1), "sources")


def test_a_file_with_too_many_rows_is_to_be_divided():
    with pytest.raises(spreadsheets.BrokenFile, match="more than 10000 rows"):
        spreadsheets.read_table("x.csv", csv(*[GOOD] * 10_001), "sources")


@pytest.mark.django_db
@pytest.mark.parametrize(("content", "column", "message"), ROWS.values(), ids=ROWS)
def test_a_wrong_cell_is_told_by_row_and_column(content, column, message):
    [(number, told_column, told_message)] = told(checked(content))

    assert (number, told_column) == (2, column)
    assert message in told_message


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        csv(),
        b"\xef\xbb\xbf" + csv(),
        b"\xff\xfe" + csv().decode().encode("utf-16-le"),
        csv(delimiter=";"),
        csv(delimiter="\t"),
        csv().replace(b"\n", b"\r\n"),
        csv().replace(b"\n", b"\n\n,,,,,,,\n"),
        csv().replace(b"slug,title", b" SLUG ,Title"),
        csv(GOOD[:-1]),
        xlsx(),
        xlsx(name="Whatever"),
        xlsx(change=lambda book, sheet: book.create_sheet("notes", 0)),
        xlsx(change=lambda book, sheet: sheet.insert_rows(1, 3)),
        xlsx(change=lambda book, sheet: setattr(sheet["Z9"], "value", "  ")),
    ],
    ids=[
        *("plain", "BOM", "UTF-16", "semicolons", "tabs", "CRLF", "blank rows", "capitals"),
        *("short row", "workbook", "only sheet", "sheet by name", "rows above", "space beside"),
    ],
)
def test_what_programs_do_to_a_file_does_not_matter(content):
    check = checked(content)

    assert check.problems == []
    assert [new.entry.slug for new in check.new] == ["a-report"]
    assert check.new[0].entry.date == "1924-08"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("value", "shown_as", "date"),
    [
        (1924, "General", "1924"),
        (1924.0, "0", "1924"),
        ("1924-08", "@", "1924-08"),
        ("6 Ağustos 1924", "@", "1924-08-06"),
        (datetime.datetime(1924, 8, 6), "dd.mm.yyyy", "1924-08-06"),
        (datetime.datetime(1924, 8, 6), 'd"日"m', "1924-08-06"),
    ],
)
def test_a_date_that_a_program_kept_is_read(value, shown_as, date):
    check = checked(xlsx(row(date=value), formats={"F2": shown_as}))

    assert told(check) == []
    assert check.new[0].entry.date == date


# Side by side


EVENT = "slug,title_en,date,kind,sectors,place,participants,agreements,related"


@pytest.mark.django_db
def test_doubles_and_references_into_nothing_are_told():
    SectorFactory(slug="trade")
    rows = [
        "one,One,1924,visit,trade; none,nowhere,nobody: guest,no-pact: signed,no-event: follows",
        "one,One,1924,visit,,,,,",
        "two,Two,1924,visit,,,,,two: follows",
        "three,Three,1924,visit,trade; trade,,a: king; b,x: signed,one",
    ]

    check = checked("\n".join([EVENT, *rows]).encode(), "events")

    assert [(number, column) for number, column, _message in told(check)] == [
        (2, "sectors"),
        (2, "place"),
        (2, "participants"),
        (2, "agreements"),
        (2, "related"),
        (3, "slug"),
        (4, "related"),
        (5, "participants"),
        (5, "related"),
    ]


@pytest.mark.django_db
def test_a_row_that_refers_to_a_wrong_row_is_not_wrong_as_well():
    rows = ["one,One,never,visit,,,,,", "two,Two,1924,visit,,,,,one: follows"]

    check = checked("\n".join([EVENT, *rows]).encode(), "events")

    assert [(number, column) for number, column, _message in told(check)] == [(2, "date")]


# Saving


@pytest.mark.django_db
def test_rows_arrive_as_drafts_with_all_that_hangs_on_them():
    SectorFactory(slug="trade")
    SectorFactory(slug="energy", position=2)
    PlaceFactory(slug="ankara")
    ActorFactory(slug="envoy", name_en="Envoy")
    SourceFactory(slug="memo")
    agreements = (
        "slug,title_en,title_tr,kind,sectors,parties,dates\n"
        "pact,A pact,Bir pakt,treaty,energy; trade,envoy,"
        '"signed: 11 October 1930, ankara; in-force: 1934~"'
    )
    events = (
        f"{EVENT},background\n"
        "one,One,c. 1927,visit,energy;trade,ankara,envoy: guest; envoy,pact: signed,two: follows,\n"
        "two,Two,1931-01-13/1931-01-18,visit,,,,,,TRUE"
    )
    citations = "event,source,part,locator\none,memo,date,p. 3"

    assert imported(agreements.encode(), "agreements") == 1
    assert imported(events.encode(), "events") == 2
    assert imported(citations.encode(), "citations") == 1

    pact, one, two = Agreement.objects.get(), *Event.objects.order_by("slug")
    assert {record.status for record in (pact, one, two)} == {Status.DRAFT}
    assert {record.loaded for record in (pact, one, two)} == {""}
    assert pact.translations == {"tr": "unreviewed", "ja": "missing"}
    assert [str(date.when) for date in pact.dates.all()] == ["1930-10-11", "1934~"]
    assert [str(one.when), str(two.when)] == ["1927~", "1931-01-13/1931-01-18"]
    assert [link.sector.slug for link in one.sector_links.all()] == ["energy", "trade"]
    assert [link.role for link in one.participants.all()] == ["guest", "participant"]
    assert AgreementLink.objects.get().agreement == pact
    assert EventLink.objects.get().target == two
    assert two.background is True
    assert (Citation.objects.get().event, Citation.objects.get().locator) == (one, "p. 3")
    assert list(Event.objects.matching("envoy")) == [one]


def everything():
    """A record of every kind and status with texts that programs like to change."""
    SectorFactory(slug="trade")
    odd = "=1+1\r\n\tline; two: “x”, 'y'\r\n -3"
    envoy = ActorFactory(
        slug="envoy", name_en="@envoy", aliases="-one; two\r\n'=three", status="draft"
    )
    source = SourceFactory(slug="memo", title=" '=HYPERLINK ", note=odd, date=PartialDate(1924, 8))
    event = EventFactory(
        **{"slug": "one", "summary_en": odd, "note": odd, "published": True, "background": True},
        **{"start": PartialDate(1927), "approximate": True, "actors": [envoy]},
        **{"sectors": ["trade", "energy"], "sides": []},
        place=PlaceFactory(slug="ankara"),
    )
    other = EventFactory(slug="two", status="withdrawn", reason="A hoax.", sides=[])
    EventLink.objects.create(event=event, target=other, relation="follows")
    CitationFactory(event=event, source=source, locator="-3", note=odd)
    DisputeFactory(event=event)  # not fit for the data files yet: it has no claims
    for date in (PartialDate(1930, 10, 11), PartialDate(1930)):
        dated = AgreementDateFactory(
            **{"agreement__slug": "pact"} if not Agreement.objects.exists() else {},
            **{} if not Agreement.objects.exists() else {"agreement": Agreement.objects.get()},
            date=date,
        )
    CitationFactory(agreement=dated.agreement, source=source, stance="disputes")
    AgreementLink.objects.create(event=event, agreement=dated.agreement, relation="signed")


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", spreadsheets.SHEETS)
def test_what_was_exported_changes_nothing_when_it_comes_back(kind, suffix):
    everything()
    content = spreadsheets.export(kind, suffix)

    check = checked(content, kind)

    assert (told(check), check.new) == ([], [])
    assert (
        check.same
        == {"events": 2, "actors": 1, "agreements": 1, "sources": 1, "citations": 2}[kind]
    )
    assert spreadsheets.export(kind, suffix) == content or suffix == "xlsx"


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_was_exported_fills_an_empty_database_with_drafts(suffix):
    everything()
    kinds = ["sources", "actors", "agreements", "events", "citations"]
    files = {kind: spreadsheets.export(kind, suffix) for kind in kinds}
    for model in (Event, Agreement, Source, Actor):
        Citation.objects.all().delete()
        model.objects.all().delete()

    counts = [imported(files[kind], kind) for kind in kinds]

    assert counts == [1, 1, 1, 2, 2]
    assert {Event.objects.get(slug="one").status, Source.objects.get().status} == {Status.DRAFT}
    assert [checked(files[kind], kind).same for kind in kinds] == counts
    assert spreadsheets.export("events", "csv") == files["events"] or suffix == "xlsx"


@pytest.mark.django_db
@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
@pytest.mark.parametrize("kind", spreadsheets.SHEETS)
def test_a_template_has_the_columns_and_no_rows(kind, suffix):
    with pytest.raises(spreadsheets.BrokenFile, match="no rows under them"):
        spreadsheets.read_table(f"x.{suffix}", spreadsheets.template(kind, suffix), kind)


@pytest.mark.django_db
def test_the_same_file_twice_creates_nothing():
    assert imported(csv(GOOD, row(slug="b-report"))) == 2
    before = list(Source.objects.values())

    assert imported(csv(GOOD, row(slug="b-report"))) == 0
    assert list(Source.objects.values()) == before


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.DRAFT, Status.IN_REVIEW, Status.PUBLISHED])
def test_a_row_that_differs_from_a_record_is_refused_whatever_its_status(status):
    SourceFactory(slug="a-report", title="Another title", status=status)

    problems = told(checked(csv(row(date="", url=""))))

    assert [(number, column) for number, column, _message in problems] == [(2, "title")]
    assert "is there already and says “Another title”" in problems[0][2]


@pytest.mark.django_db
def test_a_column_that_is_not_in_the_file_is_not_compared():
    SourceFactory(slug="a-report", note="Kept.", publisher="A ministry", language="en")
    content = b"slug,title,language,kind,side\na-report,A report,en,official,japan"

    assert checked(content).same == 1


@pytest.mark.django_db
@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.PUBLISHED, Status.WITHDRAWN])
def test_citations_are_added_to_drafts_only(status):
    SourceFactory(slug="memo")
    EventFactory(slug="one", status=status, reason="x", sides=[])

    [(number, column, message)] = told(checked(b"event,source\none,memo", "citations"))

    assert (number, column) == (2, "event")
    assert message == "“one” is not a draft: add the citation in its form."


@pytest.mark.django_db
def test_citations_are_checked_like_all_else():
    SourceFactory(slug="memo")
    EventFactory(slug="one", sides=[])
    rows = ["one,pact,memo,", ",,memo,", "one,,none,", "none,,memo,", "one,,memo,fate"]
    content = "event,agreement,source,part\n" + "\n".join(
        [*rows, "one,,memo,", "one,,memo,summary"]
    )

    problems = told(checked(content.encode(), "citations"))

    assert [(number, column) for number, column, _message in problems] == [
        *((2, ""), (3, ""), (4, "source"), (5, "event"), (6, "part"), (8, "source"))
    ]


@pytest.mark.django_db
def test_citations_of_what_is_not_yours_to_change_are_refused():
    SourceFactory(slug="memo")
    EventFactory(slug="one", sides=[])

    check = checked(b"event,source\none,memo", "citations", may_change=lambda record: False)

    assert told(check) == [(2, "event", "“one” is not yours to change.")]


@pytest.mark.django_db
def test_what_changed_since_the_preview_stops_the_import():
    check = checked(csv(GOOD, row(slug="b-report")))
    SourceFactory(slug="b-report", title="Another title")

    with pytest.raises(spreadsheets.Refused) as refusal:
        list(spreadsheets.save(check))

    assert told(refusal.value.check)[0][:2] == (3, "title")
    assert Source.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("steps", [1, 2, 3, 4, 5])
def test_an_import_that_stops_half_way_leaves_nothing(steps):
    check = checked(csv(*(row(slug=f"report-{n}") for n in range(600))))
    work = spreadsheets.save(check)
    for _step in range(steps):
        next(work)
    work.close()

    assert Source.objects.count() == 0
    assert connection.in_atomic_block is False


@pytest.mark.django_db
def test_progress_ends_where_all_is_done():
    check = spreadsheets.Check(
        "sources",
        spreadsheets.read_table(
            "x.csv", csv(*(row(slug=f"report-{n}") for n in range(600))), "sources"
        ),
    )

    assert list(check.steps()) == [250, 500, 600]
    assert list(spreadsheets.save(check))[-1] == spreadsheets.work(check)


@pytest.mark.django_db
def test_the_number_of_questions_does_not_grow_with_the_rows(django_assert_num_queries):
    tables = [csv(*(row(slug=f"report-{n}") for n in range(number))) for number in (1, 100)]

    for content in tables:
        with django_assert_num_queries(1):
            checked(content)


# The guard


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "'=x", "''@x"])
def test_no_cell_begins_like_a_formula(text):
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@given(st.text())
def test_every_text_comes_back_as_it_was(text):
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in [*"=+-@\t\r"]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"])), min_size=1, max_size=4))
def test_every_cell_of_a_file_comes_back_as_it_was(texts):
    columns = [f"c{n}" for n in range(len(texts))]
    if not any(texts):
        return
    for written, read in [
        (delimited.write(columns, [texts]), delimited.read),
        (workbooks.write("s", columns, [texts]), lambda content: workbooks.read(content, "s")),
    ]:
        last = [*read(written)][-1][1]
        assert [cell.text for cell in last] == texts[: len(last)]
        assert not any(texts[len(last) :])


def test_there_are_at_least_thirty_kinds_of_broken_files():
    assert len(broken_files.FILES) >= 30
