"""Records to be taken along: the filtered lists, and single records, in every format."""

from django.http import Http404, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.text import slugify
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import override

from timeline import delivery, questions
from timeline.choices import Status
from timeline.exports import FORMATS, About
from timeline.found import Found
from timeline.models import Release
from timeline.records import LANGUAGES, MODELS, Form, Selection
from timeline.views import chips

PAGES = {
    "events": "timeline",
    "actors": "actors",
    "agreements": "agreements",
    "sources": "sources",
    "stories": "stories",
}


@delivery.open_to_all
@delivery.kept_while_unchanged
def listed(request, kind, suffix):
    """All that the filters find, complete or an error."""
    file_format = FORMATS[suffix]
    if kind not in file_format.KINDS:
        raise Http404
    form = questions.LanguageForm(request.GET)
    with override("en"):
        try:
            found = questions.read(kind, request.GET, form)
        except questions.Unreadable as error:
            return _refusal(error)
    language = form.cleaned_data["lang"]
    records, is_news = found.qs, getattr(file_format, "NEWEST_FIRST", False)
    if file_format.NEEDS_DAYS:
        records = records.of_known_days()
    if is_news:
        records = records.newest_first()
    if kind == "events":
        counted = Found(found)
        total = counted.count()
    else:
        counted, total = None, records.count()
    if counted and not (file_format.NEEDS_DAYS or is_news):
        selection = Selection.numbered(kind, counted.numbers(0, total))
    else:
        selection = Selection(kind, records)
    about = _about(
        request,
        kind,
        len(selection),
        language,
        title=_title(found, language),
        page=_page(kind, request.GET, language),
        left_out=total - len(selection),
        updated=records.last_change() if is_news else None,
    )
    response = _file(request, file_format, selection, about)
    return _named(response, [kind, *_asked(request.GET), str(localdate())], suffix)


@delivery.open_to_all
@delivery.kept_while_unchanged
def single(request, kind, slug, suffix):
    """One record. An old address of a merged one leads on, that of a withdrawn one says why."""
    file_format = FORMATS[suffix]
    form = questions.LanguageForm(request.GET)
    model = MODELS[kind]
    record = model.objects.with_address().select_related("merged_into").filter(slug=slug).first()
    if kind not in file_format.SINGLE or not record:
        raise Http404
    with override("en"):
        try:
            questions.only(request.GET, form)
        except questions.Unreadable as error:
            return _refusal(error)
    if record.status == Status.MERGED:
        address = reverse("file-of-one", args=[kind, record.merged_into.slug, suffix])
        response = HttpResponse(status=301)
        response["Location"] = _with_question(address, request.GET)
        return response
    if record.status == Status.WITHDRAWN:
        said = {"status": "withdrawn", "slug": record.slug, "reason": record.reason}
        return JsonResponse(said, status=410)
    language = form.cleaned_data["lang"]
    records = model.objects.published().filter(pk=record.pk)
    if file_format.NEEDS_DAYS:
        records = records.of_known_days()
    selection = Selection(kind, records)
    with override(language or "en"):
        title, page = record.heading.text, record.get_absolute_url()
    about = _about(
        request,
        kind,
        len(selection),
        language,
        title=title,
        page=page,
        left_out=1 - len(selection),
        is_one=True,
    )
    return _named(_file(request, file_format, selection, about), [kind, slug], suffix)


def _refusal(error: questions.Unreadable):
    return JsonResponse({"errors": error.errors}, status=400)


def _about(request, kind, count, language, *, page, **said) -> About:
    release = Release.objects.current()
    with override(language or "en"):
        publisher = _("Japan–Türkiye: a sourced timeline, 1924–2025")
    return About(
        kind=kind,
        count=count,
        url=request.build_absolute_uri(),
        page=request.build_absolute_uri(page),
        site=request.build_absolute_uri("/").rstrip("/"),
        publisher=publisher,
        language=language or "en",
        languages=(language,) if language else LANGUAGES,
        release=release and release.number,
        released=release and release.day,
        day=localdate(),
        **said,
    )


def _file(request, file_format, selection, about):
    # Where a format speaks one language, English stands in for what is not translated.
    together = getattr(file_format, "LANGUAGES_TOGETHER", False)
    form = Form(about.site, about.languages if together else LANGUAGES)
    pieces = () if request.method == "HEAD" else file_format.render(selection.given(form), about)
    response = StreamingHttpResponse(pieces, content_type=file_format.CONTENT_TYPE)
    response["X-Record-Count"] = about.count
    return response


def _named(response, parts, suffix):
    """A name for the file that says what it holds: events-sector-trade-2026-11-24.csv."""
    name = "-".join(filter(None, (slugify(part)[:40] for part in parts)))[:120]
    response["Content-Disposition"] = f'attachment; filename="{name}.{suffix}"'
    return response


def _asked(data) -> list[str]:
    return [part for name, values in sorted(data.lists()) for part in (name, *values)]


def _title(found, language: str) -> str:
    with override(language or "en"):
        name = _("Japan–Türkiye: a sourced timeline, 1924–2025")
        asked = chips.in_words(found)
    return f"{name} – {asked}" if asked else name


def _page(kind: str, data, language: str) -> str:
    with override(language or "en"):
        return _with_question(reverse(PAGES[kind]), data, without="lang")


def _with_question(address: str, data, without: str = "") -> str:
    rest = data.copy()
    rest.pop(without, None)
    return f"{address}?{rest.urlencode()}".rstrip("?")
