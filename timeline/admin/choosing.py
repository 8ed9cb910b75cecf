"""Choosing another record by typing: found by any of its words, and told apart from its likes."""

import re

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

from timeline.models.base import Record
from timeline.text import fold, search_terms


class _Tolerant:
    """A value that is no number chooses nothing: the field refuses it, and the page is drawn."""

    def optgroups(self, name, value, attr=None):
        return super().optgroups(name, [one for one in value if is_key(one)], attr)


class Select(_Tolerant, AutocompleteSelect):
    pass


class _SelectMultiple(_Tolerant, AutocompleteSelectMultiple):
    def build_attrs(self, base_attrs, extra_attrs=None):
        # The button that lets go of all is no item of the list it stands in, and out of reach of
        # the keyboard, which takes the last away with Backspace.
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {"data-allow-clear": "false"}


class Chosen:
    """For admin classes and inlines: what was chosen is shown as it was offered."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        return self._by_typing(super().formfield_for_foreignkey, Select, db_field, request, kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        make = super().formfield_for_manytomany
        return self._by_typing(make, _SelectMultiple, db_field, request, kwargs)

    def _by_typing(self, make, widget, db_field, request, kwargs):
        if db_field.name not in self.get_autocomplete_fields(request):
            return make(db_field, request, **kwargs)
        kwargs.setdefault("widget", widget(db_field, self.admin_site, using=kwargs.get("using")))
        field = make(db_field, request, **kwargs)
        field.label_from_instance = label
        return field


def is_key(value) -> bool:
    """Whether a value can be the primary key of a record in any database."""
    return bool(re.fullmatch("[0-9]{1,9}", str(value)))


def label(record) -> str:
    """A record so named that it can be told from another of the same name."""
    parts = [str(record)]
    if kind := getattr(record, "get_kind_display", None):
        parts.append(str(kind()))
    parts += [getattr(record, "country", ""), getattr(record, "slug", "")]
    if isinstance(record, Record) and not record.is_published:
        parts.append(record.get_status_display())
    return " · ".join(part for part in parts if part)


class AutocompleteView(AutocompleteJsonView):
    """Offers records by any of their words, drafts too, but not what was merged or withdrawn."""

    def process_request(self, request):
        term, *rest = super().process_request(request)
        return term.replace("\x00", ""), *rest  # No database searches for a NUL.

    def get_queryset(self):
        found = super().get_queryset()
        if hasattr(found, "standing"):
            found = found.standing()
        # A list that counts something has lost its order on the way.
        return found.order_by(*found.model._meta.ordering)

    def serialize_result(self, obj, to_field_name):
        return super().serialize_result(obj, to_field_name) | {"text": label(obj)}


def autocomplete(request):
    return AutocompleteView.as_view(admin_site=admin.site)(request)


def found_by_folded_names(records, term: str):
    """Records of a short vocabulary in whose names every word occurs, as in all other searches."""
    terms = search_terms(term)
    if not terms:
        return records
    return records.filter(pk__in=[one.pk for one in records if _has_all(one, terms)])


def _has_all(named, terms: list[str]) -> bool:
    texts = [*named.in_all_languages("name").values(), getattr(named, "aliases", ""), named.slug]
    folded = fold(" ".join(texts))
    return all(term in folded for term in terms)
