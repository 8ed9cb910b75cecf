"""Narrowing a list by what many records share: the values that occur, in the curator's words."""

from django.contrib.admin import SimpleListFilter
from django.utils.translation import gettext_lazy as _

from timeline import wording
from timeline.admin import counting


class CodeFilter(SimpleListFilter):
    """By the code in a column, which has the name of the parameter."""

    def word(self, code: str) -> str:
        raise NotImplementedError

    def lookups(self, request, model_admin):
        codes = counting.kept(
            f"codes:{model_admin.model._meta.model_name}:{self.parameter_name}",
            lambda: self._occurring(model_admin.model.objects.order_by()),
        ).numbers
        return sorted(((code, self.word(code)) for code in codes), key=lambda one: one[1])

    def _occurring(self, records) -> list[str]:
        codes = records.values_list(self.parameter_name, flat=True).distinct()
        return [code for code in codes if code]

    def queryset(self, request, queryset):
        if self.value():
            return queryset.filter(**{self.parameter_name: self.value()})
        return queryset


class CountryFilter(CodeFilter):
    title, parameter_name = _("country"), "country"

    def word(self, code):
        return wording.country(code)


class LanguageFilter(CodeFilter):
    title, parameter_name = _("language"), "language"

    def word(self, code):
        return wording.language(code)
