"""Translating: the three languages side by side, and lists by language and state."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from timeline import translating, wording
from timeline.choices import Translation
from timeline.models.base import TARGET_LANGUAGES, mark_of


class TranslationFilter(SimpleListFilter):
    """The state of the translation into one language."""

    language = ""

    def lookups(self, request, model_admin):
        return Translation.choices

    def queryset(self, request, queryset):
        if self.value() in Translation.values:
            return queryset.translated(self.language, self.value())
        return queryset


class TurkishFilter(TranslationFilter):
    title, parameter_name, language = _("Turkish"), "tr", "tr"


class JapaneseFilter(TranslationFilter):
    title, parameter_name, language = _("Japanese"), "ja", "ja"


class TranslatedMixin:
    """A record with translations: a page to make them on, and columns that tell their state."""

    def get_list_filter(self, request):
        return [*super().get_list_filter(request), TurkishFilter, JapaneseFilter]

    def get_list_display(self, request):
        return [*super().get_list_display(request), "turkish", "japanese"]

    @admin.display(description=_("Turkish"))
    def turkish(self, record):
        return self._state(record, "tr")

    @admin.display(description=_("Japanese"))
    def japanese(self, record):
        return self._state(record, "ja")

    def _state(self, record, language):
        address = f"{self._address('translate', record)}#{language}"
        return format_html('<a href="{}">{}</a>', address, record.translation(language).label)

    @admin.display(description=_("translations"))
    def translation_states(self, record):
        if not record.pk:
            return "–"
        return format_html(
            '{} <a href="{}">{}</a>',
            super().translation_states(record),
            self._address("translate", record),
            _("Translate, side by side"),
        )

    def _address(self, page, record):
        options = self.model._meta
        name = f"admin:{options.app_label}_{options.model_name}_{page}"
        return reverse(name, args=[record.pk])

    def get_urls(self):
        options = self.model._meta
        return [
            path(
                "<int:number>/translate/",
                self.admin_site.admin_view(self.translate),
                name=f"{options.app_label}_{options.model_name}_translate",
            ),
            *super().get_urls(),
        ]

    def translate(self, request, number):
        """The page of one record in three languages."""
        with transaction.atomic():
            record = self.model.objects.select_for_update().filter(pk=number).first()
            if record is None:
                raise Http404
            if not self.has_change_permission(request, record):
                raise PermissionDenied
            sheet = TranslationSheet(self, record, request.POST or None)
            if request.method == "POST" and sheet.is_sound():
                self._save_translation(request, sheet)
                return redirect(request.path)
            context = self.admin_site.each_context(request) | {
                "title": _("Translate: %(record)s") % {"record": record},
                "opts": self.model._meta,
                "sheet": sheet,
                "record": record,
                "change_page": self._address("change", record),
                "may_review": self.has_review_permission(request),
            }
            return TemplateResponse(request, "admin/translate.html", context).render()

    def _save_translation(self, request, sheet):
        form, record = sheet.form, sheet.form.save(commit=False)
        if sheet.stored.keys() & form.changed_data:
            self.save_model(request, record, form, True)
            self.save_related(request, form, [], True)
            said = self.construct_change_message(request, form, [])
            self.log_change(request, record, said)
            self.message_user(request, _("The translation was saved."), messages.SUCCESS)
        reviewed = [code for code in TARGET_LANGUAGES if f"_review_{code}" in request.POST]
        for language in reviewed if self.has_review_permission(request) else []:
            self._review(request, self.model.objects.filter(pk=record.pk), language)


class TranslationSheet:
    """The texts of a record, a row for each, and what became of each translation."""

    def __init__(self, model_admin, record, data):
        names = [f"{field}_{code}" for field in record.TRANSLATED for code in TARGET_LANGUAGES]
        self.seen = mark_of(self._texts(record))
        self.was_seen = data.get("seen") if data else self.seen
        self.stored = {name: getattr(record, name) for name in names}
        self.record = record
        self.then = {code: translating.english_then(record, code) for code in TARGET_LANGUAGES}
        self.reviews = {code: translating.review_of(record, code) for code in TARGET_LANGUAGES}
        self.states = record.translations
        # It asks for the reason of a change, as the form of the record does.
        form = forms.modelform_factory(
            type(record), form=model_admin.form, fields=names, formfield_callback=_formfield
        )
        # To call a text right, or to send it unchanged, changes nothing that asks for a reason.
        form.is_bare = True
        self.form = form(data, instance=record)

    @staticmethod
    def _texts(record):
        texts = (record.in_all_languages(field) for field in record.TRANSLATED)
        return [text for by_language in texts for text in by_language.values()]

    @property
    def is_overtaken(self) -> bool:
        """Whether somebody changed the texts since the page was opened."""
        return self.was_seen != self.seen

    def is_sound(self) -> bool:
        return self.form.is_valid() and not self.is_overtaken

    @property
    def rows(self) -> list[dict]:
        return [
            {
                "label": type(self.record)._meta.get_field(f"{field}_en").verbose_name,
                "english": self.record.english[field],
                "cells": [
                    {
                        "language": code,
                        "field": self.form[f"{field}_{code}"],
                        "stored": self.stored[f"{field}_{code}"],
                        "then": (self.then[code] or self.record.english).get(field, ""),
                    }
                    for code in TARGET_LANGUAGES
                ],
            }
            for field in self.record.TRANSLATED
        ]

    @property
    def languages(self) -> list[dict]:
        return [
            {
                "code": code,
                "name": wording.language(code),
                "state": self.states[code],
                "is_stale": self.states[code] == Translation.STALE,
                "is_reviewable": self.states[code] != Translation.REVIEWED,
                "is_known": self.then[code] is not None,
                "review": self.reviews[code],
            }
            for code in TARGET_LANGUAGES
        ]


def _formfield(column, **kwargs):
    language = column.name.rpartition("_")[2]
    rows = 10 if column.get_internal_type() == "TextField" else 2
    widget = forms.Textarea(attrs={"lang": language, "rows": rows})
    return column.formfield(widget=widget, **kwargs)
