"""Sources pasted from elsewhere: what is taken over, what is left, and what is refused."""

import json

import pytest
from django.urls import reverse

from timeline import pasting
from timeline.choices import Action, Status
from timeline.models import Revision, Source
from timeline.tests.factories import SourceFactory
from timeline.tests.workbench import account

PASTE = "/admin/entering/paste/"

BIBTEX = r"""
@article{one,
  author = {Kono, Taro and {\c S}ahin, Ali},
  title = {A {Report} on \"Ubersee, 50% of R&D \& more},
  journal = {Nikkei},
  year = 1924, month = aug, day = 6,
  url = {https://example.org/a?x=1&y=2},
  langid = {english},
  urldate = {2026-11-20},
}
@phdthesis{two, title = "Two", school = {A University}, date = {1931-01}}
"""
RIS = """TY  - NEWS
TI  - A report
AU  - 河野, 太郎
AU  - Reuters
PB  - A newspaper
PY  - 1924/08/06/
LA  - ja-JP
UR  - https://example.org/a
ER  -
TY  - GEN
T1  - Two
"""
CSL = json.dumps(
    [
        {
            "type": "treaty",
            "title": "A treaty",
            "author": [{"family": "Kono", "given": "Taro"}, {"literal": "A ministry"}],
            "container-title": "Official Gazette",
            "issued": {"date-parts": [[1930, 10, 11]]},
            "accessed": {"date-parts": [["2026", "11"]]},
            "language": "Türkçe",
            "URL": "https://example.org/t",
        },
        {"title": "Two", "type": "book", "publisher": "A house", "issued": {"raw": "about 1930"}},
    ]
)


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (
            BIBTEX,
            [
                {
                    "title": "A Report on Übersee, 50% of R&D & more",
                    "author": "Taro Kono, Ali Şahin",
                    "publisher": "Nikkei",
                    "date": "1924-08-06",
                    "language": "en",
                    "url": "https://example.org/a?x=1&y=2",
                    "accessed": "2026-11-20",
                },
                {
                    **{"title": "Two", "publisher": "A University"},
                    **{"kind": "scholarly", "date": "1931-01"},
                },
            ],
        ),
        (
            RIS,
            [
                {
                    "title": "A report",
                    "author": "河野太郎, Reuters",
                    "publisher": "A newspaper",
                    "date": "1924-08-06",
                    "language": "ja",
                    "url": "https://example.org/a",
                    "kind": "press",
                },
                {"title": "Two"},
            ],
        ),
        (
            CSL,
            [
                {
                    "title": "A treaty",
                    "author": "Taro Kono, A ministry",
                    "publisher": "Official Gazette",
                    "date": "1930-10-11",
                    "accessed": "2026-11",
                    "language": "tr",
                    "url": "https://example.org/t",
                    "kind": "treaty-text",
                },
                {"title": "Two", "publisher": "A house"},
            ],
        ),
    ],
    ids=["BibTeX", "RIS", "CSL-JSON"],
)
def test_what_a_paste_says_is_taken_over_and_nothing_else(text, fields):
    assert [one.fields for one in pasting.read(text)] == fields


def test_a_date_that_is_not_understood_is_left_for_the_curator():
    found = pasting.read("@misc{a, title={A}, date={soon}, langid={klingonese}}")

    assert found[0].fields == {"title": "A"}
    assert found[0].left == {"date": "soon", "language": "klingonese"}
    assert pasting.read(CSL)[1].left == {"date": "about 1930"}


def test_of_a_range_of_dates_the_beginning_alone_is_not_taken():
    found = pasting.read('{"title": "A", "issued": {"date-parts": [[1924], [1926]]}}')

    assert (found[0].fields, found[0].left) == ({"title": "A"}, {"date": "1924/1926"})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "Nothing was pasted."),
        ("Hello", "none of the forms that are read"),
        ("@misc{a, title={never closed", "begins on line 1 is not complete."),
        ("@misc{a, title={A}}\n\n@misc{b, title={B", "begins on line 3 is not complete."),
        ("@comment{only this}", "The text holds no source."),
        ("[", "it is not JSON: look at line 1."),
        ('[{"title": "A"},\n{"title" "B"}]', "it is not JSON: look at line 2."),
        ("[1, 2]", "another kind of JSON."),
        ("[]", "The text holds no source."),
        ('{"items": 7}', "another kind of JSON."),
        ("[" * 100_000, "it is not JSON"),
        ("x" * 200_001, "longer than 200000 characters"),
        (json.dumps([{"title": "A"}] * 51), "holds 51 sources; paste at most 50"),
        ("TY  - NEWS\nTI  - A\nTY  - NEWS\nTI  - B\nER  - ", "one of them is not complete."),
    ],
)
def test_what_is_not_read_is_refused_with_the_reason(text, reason):
    with pytest.raises(pasting.PasteError) as refusal:
        pasting.read(text)

    assert reason in str(refusal.value)


@pytest.mark.parametrize(
    "item",
    [
        {"title": {"a": 1}, "author": "x", "issued": "1924", "type": ["x"], "language": 7},
        {"author": [1, None, {"family": ["x"]}], "issued": {"date-parts": [[None, {}]]}},
        {"issued": {"date-parts": [1]}, "accessed": {"date-parts": []}},
        {"title": None, "URL": False, "container-title": ["A", "B"]},
    ],
)
def test_values_of_the_wrong_kind_say_nothing(item):
    [found] = pasting.read(json.dumps([item]))

    assert {*found.fields} <= {"title", "language", "author"}


# The page


def initial(response):
    return [form.initial for form in response.context["formset"].forms]


def chosen(client, text, **more):
    """What the page sends back once kind and side of every source are chosen."""
    formset = client.post(PASTE, {"text": text}).context["formset"]
    sent = {field.html_name: field.value() for field in formset.management_form}
    for form in formset.forms:
        sent |= {field.html_name: field.value() or "" for field in form}
        sent[form.add_prefix("kind")] = sent[form.add_prefix("kind")] or "official"
        sent[form.add_prefix("side")] = "japan"
        sent[form.add_prefix("language")] = sent[form.add_prefix("language")] or "en"
    return {name: value for name, value in sent.items() if value is not False} | more


@pytest.mark.django_db
def test_pasted_sources_are_prefilled_and_saved_as_drafts_once_they_are_complete(admin_client):
    first = admin_client.post(PASTE, {"text": BIBTEX})
    refused = admin_client.post(
        PASTE, chosen(admin_client, BIBTEX) | {"sources-1-side": "", "sources-0-kind": ""}
    )
    count = Source.objects.count()

    accepted = admin_client.post(PASTE, chosen(admin_client, BIBTEX))

    assert [one["slug"] for one in initial(first)] == [
        "1924-a-report-on-ubersee-50-of-rd-more",
        "1931-two",
    ]
    assert [form.errors.keys() for form in refused.context["formset"].forms] == [
        {"kind": None}.keys(),
        {"side": None}.keys(),
    ]
    assert count == 0
    assert accepted.status_code == 302
    assert [(one.slug, one.status, str(one.date)) for one in Source.objects.order_by("slug")] == [
        ("1924-a-report-on-ubersee-50-of-rd-more", Status.DRAFT, "1924-08-06"),
        ("1931-two", Status.DRAFT, "1931-01"),
    ]
    assert list(Source.objects.matching("ubersee").values_list("title", flat=True)) == [
        "A Report on Übersee, 50% of R&D & more"
    ]


@pytest.mark.django_db
def test_pasted_sources_belong_to_whoever_pasted_them_and_their_history_says_so(client):
    contributor = account("contributor")
    client.force_login(contributor)

    client.post(PASTE, chosen(client, BIBTEX))

    assert [source.created_by for source in Source.objects.all()] == [contributor] * 2
    assert sorted(
        (one.kind, one.number, one.version, one.action, one.by, one.reason, one.entry["slug"])
        for one in Revision.objects.select_related("by")
    ) == sorted(
        ("sources", one.pk, 1, Action.CREATED, contributor, "Pasted.", one.slug)
        for one in Source.objects.all()
    )


@pytest.mark.django_db
def test_what_was_typed_into_pasted_sources_survives_a_log_out(client, django_user_model):
    curator = django_user_model.objects.create_superuser("curator", password="of the record")
    client.force_login(curator)
    sent = chosen(client, BIBTEX, **{"sources-0-title": "Mended", "_guarded": "1"})
    client.logout()

    asked = client.post(PASTE, sent)
    again = client.post(
        PASTE, sent | {"_log_in": "1", "username": "curator", "password": "of the record"}
    )

    assert asked.status_code == 403
    assert ("sources-0-title", "Mended") in asked.context["typed"]
    assert again.status_code == 200
    assert again.context["formset"].forms[0]["title"].value() == "Mended"
    assert "Nothing is saved yet." in again.content.decode()
    assert "Nothing was saved: please look" not in again.content.decode()
    assert not Source.objects.exists()
    assert client.post(PASTE, sent).status_code == 302
    assert Source.objects.filter(title="Mended").count() == 1


@pytest.mark.django_db
def test_a_source_that_is_there_is_flagged_and_can_be_left_out(admin_client):
    there = SourceFactory(title="Other", slug="1931-two", url="http://example.org/a?x=1&y=2")

    page = admin_client.post(PASTE, {"text": BIBTEX})
    saved = admin_client.post(
        PASTE, chosen(admin_client, BIBTEX, **{"sources-0-leave_out": "on", "sources-0-kind": ""})
    )

    assert f'<a href="/admin/timeline/source/{there.pk}/change/"' in page.content.decode()
    assert saved.status_code == 302
    assert {*Source.objects.values_list("slug", flat=True)} == {"1931-two", "1931-two-2"}


@pytest.mark.django_db
def test_one_that_is_wrong_keeps_all_from_being_saved(admin_client):
    sent = chosen(admin_client, BIBTEX)

    for wrong, message in [
        ({"sources-1-slug": sent["sources-0-slug"]}, "Another of these sources has this slug."),
        ({"sources-1-url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"sources-1-date": "8/6/1924"}, "could be read in two ways"),
        ({"sources-1-title": "x" * 401}, "at most 400 characters"),
        ({"sources-1-title": "\x00"}, "Null characters are not allowed."),
    ]:
        page = admin_client.post(PASTE, sent | wrong)
        assert page.status_code == 200, wrong
        assert message in page.content.decode(), wrong

    assert not Source.objects.exists()


@pytest.mark.django_db
def test_a_refused_text_stays_in_its_field(admin_client):
    page = admin_client.post(PASTE, {"text": "@misc{a, title={never"}).content.decode()

    assert "The text was not read." in page
    assert "@misc{a, title={never" in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    "forged",
    [
        {"sources-TOTAL_FORMS": "1", "sources-INITIAL_FORMS": "0"},
        {"sources-TOTAL_FORMS": "x", "sources-INITIAL_FORMS": "-1"},
        {"sources-TOTAL_FORMS": "100000", "sources-INITIAL_FORMS": "100000"},
        {"sources-TOTAL_FORMS": ""},
    ],
)
def test_a_forged_form_saves_nothing(admin_client, forged):
    assert admin_client.post(PASTE, forged).status_code == 200
    assert not Source.objects.exists()


@pytest.mark.django_db
def test_only_those_who_may_add_sources_paste_them(client):
    client.force_login(account("administrator"))
    refused = client.post(PASTE, {"text": BIBTEX})
    client.force_login(account("contributor"))

    assert refused.status_code == 403
    assert client.get(PASTE).status_code == 200
    assert PASTE in client.get(reverse("admin:timeline_source_changelist")).content.decode()
