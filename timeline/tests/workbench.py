"""How tests use the admin as a browser would: open a form, type, press a button."""

from html.parser import HTMLParser

from django.contrib.auth.models import Group, Permission, User
from django.urls import reverse

from timeline.models.base import SeededModel
from timeline.roles import GROUPS


def address(model, page, *args):
    return reverse(f"admin:timeline_{model._meta.model_name}_{page}", args=args)


def change_page(thing):
    return address(type(thing), "change", thing.pk)


def account(role, name=None):
    """An account of that role; the groups of a flushed database are made again."""
    user, _created = User.objects.get_or_create(username=name or role, defaults={"is_staff": True})
    if role == "superuser":
        user.is_superuser = True
        user.save()
    elif role:
        group, _created = Group.objects.get_or_create(name=role)
        group.permissions.set(
            Permission.objects.get(content_type__app_label=label, codename=codename)
            for label, codename in (one.split(".") for one in GROUPS[role])
        )
        user.groups.set([group])
    return user


def form_of(client, page, **typed):
    """What the form at that address would send, with what is typed over it."""
    return sent_by(client.get(page)) | typed


def sent_by(response):
    """What the form of a page would send if nothing were changed."""
    data = {"_guarded": "1"}
    for form in [response.context["adminform"].form, *_rows(response)]:
        for field in form:
            value = field.value()
            if value is True:
                data[field.html_name] = "on"
            elif isinstance(value, list):
                data[field.html_name] = [getattr(one, "pk", one) for one in value]
            elif value not in (None, False):
                data[field.html_name] = str(getattr(value, "pk", value))
    for formset in response.context["inline_admin_formsets"]:
        data |= {field.html_name: field.value() for field in formset.formset.management_form}
    for name in ("version", "loaded"):
        if name in response.context:
            data[f"_{name}"] = response.context[name]
    original = response.context["original"]
    record = original if original is None or isinstance(original, SeededModel) else original.record
    if getattr(record, "is_published", False):
        data.setdefault("change_reason", "A better source.")
    return data


def _rows(response):
    formsets = response.context["inline_admin_formsets"]
    return [form for each in formsets for form in each.formset.forms]


class _Inputs(HTMLParser):
    """The fields of the one form of a page, as a browser would send them untouched."""

    def __init__(self):
        super().__init__()
        self.found = []

    def handle_starttag(self, tag, attributes):
        said = dict(attributes)
        if tag != "input" or "name" not in said:
            return
        kind = said.get("type", "text")
        if kind == "hidden" or (kind in ("radio", "checkbox") and "checked" in said):
            self.found.append((said["name"], said.get("value", "")))


def carried_by(response):
    """What a page between two forms carries along: hidden fields, and what is chosen already."""
    reader = _Inputs()
    reader.feed(response.content.decode().partition('<form method="post"')[2])
    data = {}
    for name, value in reader.found:
        data.setdefault(name, []).append(value)
    data.pop("csrfmiddlewaretoken", None)
    return data
