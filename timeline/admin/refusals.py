"""What stands in the way, in words that lead to it."""

import re

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join


def change_page(thing) -> str:
    return _page(thing, "change")


def history_page(thing) -> str:
    return _page(thing, "history")


def _page(thing, name: str) -> str:
    model = f"{thing._meta.app_label}_{thing._meta.model_name}"
    return reverse(f"admin:{model}_{name}", args=[thing.pk])


def say_refused(request, refusal: ValidationError) -> None:
    for error in refusal.error_list:
        messages.error(request, in_words(error))


def in_words(error: ValidationError) -> str:
    """The refusal, with links to the record and to the fields of its form that lack something."""
    if not error.params:
        return escape(error.message)
    params = dict(error.params)
    if record := params.get("record"):
        page = change_page(record)
        params["record"] = format_html('<a href="{}">{}</a>', page, str(record))
        params["needed"] = format_html_join(
            ", ",
            '<a href="{}#{}">{}</a>',
            ((page, _anchor(record, lack.field), lack.words) for lack in params.pop("lacks", [])),
        )
    pattern = re.sub(
        r"%\((\w+)\)[sd]", r"{\1}", re.sub(r"[{}]", r"\g<0>\g<0>", escape(error.message))
    )
    return format_html(pattern, **params)


def _anchor(record, name: str) -> str:
    """The id of the field in the form, or of the list that hangs on the record."""
    columns = {column.name for column in record._meta.concrete_fields}
    return f"id_{name}" if name in columns else f"{name}-group"
