"""Rows that name other records, without a question to the database for each of them."""

from django.utils.functional import cached_property

from timeline.admin.choosing import Select


class KnownSelect(Select):
    """A record chosen by typing; those that the rows name already are known beforehand."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Shared by the copies that the forms of all rows have of this widget.
        self.known = {}

    def optgroups(self, name, value, attrs=None):
        chosen = [str(one) for one in value if one not in self.choices.field.empty_values]
        if not all(one in self.known for one in chosen):
            return super().optgroups(name, value, attrs)
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]
        for one in chosen:
            label = self.choices.field.label_from_instance(self.known[one])
            options.append(self.create_option(name, one, label, True, len(options)))
        return [(None, options, 0)]


class KnownRows:
    """An inline whose rows are loaded together with the records they name."""

    def get_queryset(self, request):
        named = (self.model._meta.get_field(name) for name in self.autocomplete_fields)
        single = [column.name for column in named if not column.many_to_many]
        return super().get_queryset(request).select_related(*single)

    def formfield_for_foreignkey(self, column, request, **kwargs):
        if column.name in self.autocomplete_fields:
            kwargs["widget"] = KnownSelect(column, self.admin_site, using=kwargs.get("using"))
        return super().formfield_for_foreignkey(column, request, **kwargs)

    def get_formset(self, request, obj=None, **kwargs):
        made = super().get_formset(request, obj, **kwargs)
        named = self.autocomplete_fields

        class KnowingFormSet(made):
            @cached_property
            def forms(self):
                forms = super().forms
                for form in forms:
                    for name in set(named) & set(form.fields):
                        record = form.instance._state.fields_cache.get(name)
                        if record:
                            widget = form.fields[name].widget
                            getattr(widget, "widget", widget).known[str(record.pk)] = record
                return forms

        return KnowingFormSet
