"""Spreadsheets in and out: a file is looked through, shown, and saved when that is confirmed."""

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from timeline import spreadsheets
from timeline.admin.progress import progress_page
from timeline.models import Actor, Agreement, Citation, Event, Source, Upload
from timeline.roles import Act, may
from timeline.spreadsheets import delimited

MODELS = {
    "events": Event,
    "actors": Actor,
    "agreements": Agreement,
    "sources": Source,
    "citations": Citation,
}
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
SHOWN = 500
"""So many problems, and so many new records, stand on the page; the rest is in a file."""


class UploadForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("What the rows are"),
        choices=lambda: [(kind, model._meta.verbose_name_plural) for kind, model in MODELS.items()],
    )
    file = forms.FileField(
        label=gettext_lazy("File (.xlsx or .csv)"),
        allow_empty_file=True,  # told about below, in the same words as other broken files
        widget=forms.FileInput({"accept": ".xlsx,.csv,.tsv"}),
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("file") and cleaned.get("kind"):
            file = cleaned["file"]
            cleaned["content"] = file.read()
            try:
                spreadsheets.read_table(file.name, cleaned["content"], cleaned["kind"])
            except spreadsheets.BrokenFile as refusal:
                self.add_error("file", str(refusal))
        return cleaned


class _Limit(FileUploadHandler):
    """Stops reading a file that is too large, before anything of it is kept."""

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > spreadsheets.MOST_BYTES + 100_000:
            self.request.is_too_large = True

    def receive_data_chunk(self, raw_data, start):
        if getattr(self.request, "is_too_large", False) or start > spreadsheets.MOST_BYTES:
            self.request.is_too_large = True
            raise StopUpload
        return raw_data

    def file_complete(self, file_size):
        return None


@csrf_exempt  # The limit must stand before the form is read; the inner view is protected.
def overview(request):
    """The page with the templates, the exports and the upload."""
    request.upload_handlers.insert(0, _Limit(request))
    return _overview(request)


@csrf_protect
@require_http_methods(["GET", "HEAD", "POST"])
def _overview(request):
    allowed = [kind for kind in MODELS if _may_add(request, kind)]
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if request.method == "POST" and form.is_valid() and form.cleaned_data["kind"] in allowed:
        Upload.objects.outdated().delete()
        upload = Upload.objects.create(
            owner=request.user,
            kind=form.cleaned_data["kind"],
            name=form.cleaned_data["file"].name[:200],
            content=form.cleaned_data["content"],
        )
        return redirect("entering:spreadsheet", upload.pk)
    if request.method == "POST" and form.is_valid():
        raise PermissionDenied
    if getattr(request, "is_too_large", False):
        form.errors["file"] = form.error_class([spreadsheets.too_large()])
    context = _context(request, _("Spreadsheets")) | {
        "form": form,
        "kinds": [
            {"kind": kind, "name": model._meta.verbose_name_plural}
            for kind, model in MODELS.items()
        ],
        "may_add": bool(allowed),
    }
    status = 400 if form.errors else 200
    return render(request, "admin/entering/spreadsheets.html", context, status=status)


@require_safe
def download(request, kind, suffix, *, is_template):
    """An empty sheet of a kind, or all its records."""
    if kind not in MODELS or suffix not in TYPES:
        raise Http404
    write = spreadsheets.template if is_template else spreadsheets.export
    name = f"{kind}-template.{suffix}" if is_template else f"{kind}.{suffix}"
    return _file(write(kind, suffix), name, TYPES[suffix])


@require_safe
def preview(request, pk):
    """What the file would do; nothing is written."""
    upload = _upload(request, pk)
    return progress_page(request, _page(request, upload), _checked(request, upload))


@require_safe
def problems(request, pk):
    """Everything that is wrong with the file, as a file."""
    upload = _upload(request, pk)
    if upload.saved is not None:
        raise Http404
    check = _check(request, upload)
    for _step in check.steps():
        pass
    rows = [[str(one.row), one.column, one.message] for one in check.problems]
    content = delimited.write(["row", "column", "problem"], rows)
    return _file(content, "problems.csv", TYPES["csv"])


@require_POST
def save(request, pk):
    """Saves what the preview showed, all of it or nothing."""
    upload = _upload(request, pk)
    return progress_page(request, _page(request, upload), _saved(request, upload))


def _checked(request, upload):
    if upload.saved is not None:
        yield _done(upload)
        return
    check = _check(request, upload)
    for done in check.steps():
        yield done, len(check.table.rows), _("rows checked")
    yield _result(check, upload)


def _saved(request, upload):
    """The steps of saving. When the page is no longer read, they end and nothing is saved."""
    check = None
    try:
        with transaction.atomic():
            # Two clicks are one import: the second waits here, and then sees the first.
            held = Upload.objects.select_for_update().get(pk=upload.pk)
            if held.saved is None:
                check = _check(request, held)
                reason = _("Imported from %s.") % upload.name
                for done in spreadsheets.save(check, by=request.user, reason=reason):
                    yield done, spreadsheets.work(check), _("steps done")
                held.saved, held.content = len(check.new), b""
                held.save(update_fields=["saved", "content"])
    except spreadsheets.Refused as refusal:
        yield _result(refusal.check, upload) | {"has_changed": True}
    except IntegrityError:
        # Somebody saved a record of the same name in this very moment.
        yield _result(check, upload) | {"has_changed": True, "new": [], "count": 0}
    else:
        yield _done(held)


def _done(upload) -> dict:
    return {"saved": upload.saved, "upload": upload, "list": _list_of(upload.kind)}


def _check(request, upload) -> spreadsheets.Check:
    table = spreadsheets.read_table(upload.name, bytes(upload.content), upload.kind)
    user = request.user
    return spreadsheets.Check(
        upload.kind, table, lambda record: may(user, Act.CHANGE, type(record), record)
    )


def _result(check, upload) -> dict:
    return {
        "upload": upload,
        "rows": len(check.table.rows) + len(check.table.problems),
        "problems": check.problems[:SHOWN],
        "problem_count": len(check.problems),
        "new": check.new[:SHOWN],
        "count": len(check.new),
        "same": check.same,
        "shown": SHOWN,
    }


def _upload(request, pk) -> Upload:
    upload = get_object_or_404(Upload.objects.of(request.user), pk=pk)
    if not _may_add(request, upload.kind):
        raise PermissionDenied
    return upload


def _list_of(kind: str) -> str:
    name = "event" if kind == "citations" else MODELS[kind]._meta.model_name
    return reverse(f"admin:timeline_{name}_changelist")


def _may_add(request, kind: str) -> bool:
    # A citation is added by changing the draft that it is of.
    act, model = (Act.CHANGE, Event) if kind == "citations" else (Act.ADD, MODELS[kind])
    return may(request.user, act, model)


def _page(request, upload) -> dict:
    return _context(request, upload.name) | {"upload": upload}


def _context(request, title: str) -> dict:
    return admin.site.each_context(request) | {"title": title, "opts": Event._meta}


def _file(content: bytes, name: str, content_type: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": disposition}
    )
