"""What an account may do in the admin: every question goes to `roles.may()`."""

from django.contrib import admin

from timeline.admin.choosing import Chosen
from timeline.admin.known import KnownRows
from timeline.admin.listing import ListedAdmin
from timeline.admin.naming import NamedRows
from timeline.admin.typed_dates import TypedDates
from timeline.models.base import Record, SeededModel
from timeline.roles import Act, may


def record_of(thing) -> SeededModel:
    """The record that a thing is or belongs to: an office belongs to its holder."""
    return thing if isinstance(thing, SeededModel) else thing.record


class Entered(Chosen, TypedDates):
    """For every form and list in one: dates are written freely, records chosen by typing."""


class FoundByNumber:
    """An address that names no field to find a record by, but is empty there, is not broken."""

    def get_object(self, request, object_id, from_field=None):
        return super().get_object(request, object_id, from_field or None)


class PermittedAdmin(FoundByNumber, Entered, ListedAdmin):
    """A form for those whose role allows it."""

    def may(self, request, act: Act, record=None) -> bool:
        return may(request.user, act, self.model, record)

    def has_module_permission(self, request):
        return self.may(request, Act.LOOK)

    def has_view_permission(self, request, obj=None):
        return self.may(request, Act.LOOK)

    def has_add_permission(self, request):
        return self.may(request, Act.ADD)

    def has_change_permission(self, request, obj=None):
        return self.may(request, Act.CHANGE, obj)

    def has_delete_permission(self, request, obj=None):
        # What readers have seen is withdrawn, with a reason, and not deleted.
        if isinstance(obj, Record) and obj.has_address:
            return False
        return self.may(request, Act.DELETE, obj)


class PermittedPartAdmin(PermittedAdmin):
    """What hangs on a record: entered and deleted in the form of that record, changed here too."""

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        record = obj and record_of(obj)
        return may(request.user, Act.CHANGE, type(record) if record else Record, record)


class PermittedInline:
    """Rows in the form of a record, or of a part of one: they may change when the form may."""

    def has_view_permission(self, request, obj=None):
        return may(request.user, Act.LOOK, Record)

    def has_add_permission(self, request, obj):
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        if obj is None or obj.pk is None:
            return may(request.user, Act.ADD, Record)
        record = record_of(obj)
        return may(request.user, Act.CHANGE, type(record), record)


class TabularPart(NamedRows, PermittedInline, KnownRows, Entered, admin.TabularInline):
    pass


class StackedPart(PermittedInline, KnownRows, Entered, admin.StackedInline):
    pass
