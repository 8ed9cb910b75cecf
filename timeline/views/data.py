"""The data: its releases, what their tables hold, and every way to take it along."""

import mimetypes

from django.http import FileResponse, Http404
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from timeline import delivery, releases
from timeline.citation_styles import Reference
from timeline.exports import FORMATS, jsonld
from timeline.filters import EventFilter
from timeline.models import Event, Release
from timeline.releases import codebook, package
from timeline.releases.tables import TABLES
from timeline.views import citing, downloads, structured
from timeline.views.base import PublicMixin

# Of what the Python of one machine knows, and that of another does not.
CONTENT_TYPES = {
    "cff": "application/yaml",
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "zip": "application/zip",
}


class DataView(PublicMixin, TemplateView):
    """Releases, formats, interface, feeds, licence: how the record is used as data."""

    template_name = "timeline/data.html"

    def crumbs(self):
        return [(_("About"), reverse("about")), (_("Data and releases"), "")]

    def linked_data(self):
        dataset = _dataset(self.request, Release.objects.first())
        return structured.graph(self.request, self.address(), self.name(), self.crumbs(), dataset)

    def get_context_data(self, **kwargs):
        made, everything = list(Release.objects.all()), EventFilter({}, Event.objects.none())
        return super().get_context_data(**kwargs) | {
            "releases": [_shown(release) for release in made],
            "citations": citing.in_all_styles(_reference(self.request, made[0])) if made else [],
            "downloads": downloads.of_list("events", everything),
            "formats": [
                (file_format.LABEL, f".{suffix}") for suffix, file_format in FORMATS.items()
            ],
        }


class CodebookView(PublicMixin, TemplateView):
    """What each table of a release holds, made from what the tables themselves are made of."""

    template_name = "timeline/codebook.html"

    def crumbs(self):
        return [
            (_("About"), reverse("about")),
            (_("Data and releases"), reverse("data")),
            (_("Codebook"), ""),
        ]

    def get_context_data(self, **kwargs):
        tables = [
            {
                "table": table,
                "columns": [(column, codebook.meaning(column)) for column in table.columns],
            }
            for table in TABLES
        ]
        return super().get_context_data(**kwargs) | {"tables": tables}


@delivery.open_to_all
def release_file(request, number, name):
    """A file of a release, which never changes."""
    release = Release.objects.filter(number=number).first()
    path = release and releases.file(release, name)
    if not path:
        raise Http404
    etag = next(f'"{one["sha256"]}"' for one in release.files if one["name"] == name)
    response = get_conditional_response(request, etag) or FileResponse(
        path.open("rb"), as_attachment=True, filename=name, content_type=_content_type(name)
    )
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=86400"
    return response


def _content_type(name: str) -> str:
    suffix = name.rpartition(".")[2]
    return CONTENT_TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "text/plain; charset=utf-8"


def _shown(release: Release) -> dict:
    """A release as the page shows it."""
    archive = package.archive_name(release.number)
    return {
        "release": release,
        "day": citing.partial(release.day),
        "archive": next(one for one in release.files if one["name"] == archive),
        "files": [one for one in release.files if one["name"] != archive],
        "changes": [
            (kind, {what: len(slugs) for what, slugs in found.items()})
            for kind, found in release.changes.items()
        ],
    }


def _reference(request, release: Release) -> Reference:
    return Reference(
        title=_("%(title)s (data, release %(number)s)")
        % {"title": structured.site_name(), "number": release.number},
        language="",
        author=package.AUTHORS,
        issued=citing.partial(release.day),
        accessed=citing.today(),
        url=request.build_absolute_uri(reverse("data")),
    )


def _dataset(request, release: Release | None) -> dict:
    address = request.build_absolute_uri(reverse("data"))
    dataset = {
        "@id": f"{address}#data",
        "@type": "Dataset",
        "name": package.TITLE,
        "description": package.ABOUT,
        "url": address,
        "temporalCoverage": "1924/2025",
        "license": jsonld.LICENCE,
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": package.AUTHORS},
    }
    if not release:
        return dataset
    archive = package.archive_name(release.number)
    file = reverse("release-file", args=[release.number, archive])
    return dataset | {
        "version": release.number,
        "datePublished": release.day.isoformat(),
        "distribution": [
            {
                "@type": "DataDownload",
                "name": archive,
                "contentUrl": request.build_absolute_uri(file),
                "encodingFormat": "application/zip",
                "sha256": release.checksum,
            }
        ],
    }
