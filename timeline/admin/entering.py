"""What makes entering quick and safe: a look at what is like it, and what the next one keeps."""

import re
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from timeline.admin.choosing import is_key, label
from timeline.admin.guarded import GuardedForm
from timeline.dates import DateRange
from timeline.likeness import like_actor, like_event, like_source


class NewRecordForm(GuardedForm):
    """A form that shows what a new record may double, once, before it is saved.

    The refusal holds a box to tick. It is good for the records that were shown: when the form
    is changed so that it is like others too, those are shown first.
    """

    def like_it(self, cleaned) -> list:
        """The records that may be the one being entered; asked with values that were read."""
        raise NotImplementedError

    def clean(self):
        cleaned = super().clean()
        if self.instance.pk is None and not self.errors:
            found = self.like_it(cleaned)
            seen = set(str(self.data.get("another", "")).split())
            if found and not {str(record.pk) for record in found} <= seen:
                raise ValidationError(_warning(found), code="similar")
        return cleaned

    def chosen(self, inline: str, field: str) -> list[int]:
        """The primary keys chosen in the rows of an inline, as far as they are ones."""
        name = re.compile(rf"{inline}-[0-9]+-{field}\Z")
        values = [self.data.get(key, "") for key in self.data if name.match(key)]
        return [int(value) for value in values if is_key(value)]


def _warning(found: list):
    return render_to_string("admin/entering/_similar.html", {"found": [*map(_listed, found)]})


def _listed(record) -> dict:
    return {
        "pk": record.pk,
        "label": label(record),
        "page": f"admin:timeline_{record._meta.model_name}_change",
    }


class NewEventForm(NewRecordForm):
    def like_it(self, cleaned):
        start, end = cleaned["start"], cleaned["end"]
        if end and start.earliest > end.latest:
            return []  # The model refuses it in a moment.
        return like_event(
            cleaned["title_en"],
            DateRange(start, end, cleaned["approximate"]),
            self.chosen("participants", "actor"),
            self.chosen("sector_links", "sector"),
        )


class NewActorForm(NewRecordForm):
    def like_it(self, cleaned):
        names = [cleaned[f"name_{code}"] for code in ("en", "tr", "ja")]
        return like_actor([*names, *cleaned["aliases"].splitlines()])


class NewSourceForm(NewRecordForm):
    def like_it(self, cleaned):
        urls = [cleaned[name] for name in ("url", "copy_url", "archived_url")]
        return like_source(urls, cleaned["title"], cleaned["publisher"])


class KeepsContext:
    """For admin classes: “save and add another” opens a form that knows what went before.

    `kept` are the fields of the record that the next one is likely to share, `kept_rows` the
    rows of inlines: the inline's prefix, its field, and the most rows taken over.
    """

    kept = ()
    kept_rows = ()

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" not in request.POST or not isinstance(response, HttpResponseRedirect):
            return response
        context = {name: obj.serializable_value(name) for name in self.kept}
        for prefix, field, most in self.kept_rows:
            rows = getattr(obj, prefix).order_by("pk").values_list(f"{field}_id", flat=True)
            context[prefix] = ",".join(map(str, list(dict.fromkeys(rows))[:most]))
        said = {name: value for name, value in context.items() if value not in (None, "")}
        joint = "&" if "?" in response.url else "?"
        return HttpResponseRedirect(f"{response.url}{joint}{urlencode(said)}".rstrip("?"))

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        return {name: initial[name] for name in self.kept if name in initial}

    def get_formset_kwargs(self, request, obj, inline, prefix):
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        for name, field, most in self.kept_rows:
            if name == prefix and request.method == "GET" and obj.pk is None:
                kwargs["initial"] = [
                    {field: pk} | ({"rank": rank} if field == "sector" else {})
                    for rank, pk in enumerate(kept_keys(request, prefix, most), 1)
                ]
        return kwargs


class KeptRows:
    """For inlines: as many rows as `KeepsContext` fills; `kept_as` is the inline's prefix."""

    most_kept = 3
    kept_as = ""

    def get_extra(self, request, obj=None, **kwargs):
        extra = super().get_extra(request, obj, **kwargs)
        if obj is not None or request.method != "GET":
            return extra
        return max(extra, len(kept_keys(request, self.kept_as, self.most_kept)))


def kept_keys(request, prefix: str, most: int) -> list[int]:
    """The primary keys that the address of an empty form names for an inline."""
    parts = request.GET.get(prefix, "").split(",")[:most]
    return [int(part) for part in parts if is_key(part)]


def preview_links(record):
    """Links to the preview of a record that is not public, a link for each language."""
    name = f"preview-{record._meta.model_name}"
    links = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            address = reverse(name, args=[record.slug])
        links.append((address, code, get_language_info(code)["name_local"]))
    shown = format_html_join(" · ", '<a href="{}" hreflang="{}">{}</a>', links)
    return format_html(_("not public; preview: {}"), shown)
