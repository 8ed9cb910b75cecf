"""What can be told apart by looking, and must have a name for those who listen."""

from django.forms.utils import pretty_name
from django.utils.text import capfirst


class NamedRows:
    """For inlines: in a table each field has the name of its column, which is written once."""

    def get_formset(self, request, obj=None, **kwargs):
        class NamedFormSet(super().get_formset(request, obj, **kwargs)):
            def add_fields(self, form, index):
                super().add_fields(form, index)
                for name, field in form.fields.items():
                    # Around a record that is chosen stand links to change it and to add one.
                    widget = getattr(field.widget, "widget", field.widget)
                    if not widget.is_hidden:
                        said = capfirst(field.label or pretty_name(name))
                        widget.attrs.setdefault("aria-label", said)

        return NamedFormSet
