"""Accounts, for administrators: who is a curator, and in which role."""

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django_otp.plugins.otp_totp import admin as devices

from timeline.admin.permitted import FoundByNumber

admin.site.unregister(User)
# Its pages show the keys of other people's telephones. Who lost one: `reset_second_factor`.
admin.site.unregister(devices.TOTPDevice)


@admin.register(User)
class AccountAdmin(FoundByNumber, UserAdmin):
    """An administrator gives roles, and never more than a role."""

    list_display = ["username", "first_name", "last_name", "is_staff", "is_active", "last_login"]
    list_filter = ["groups", "is_staff", "is_active"]

    def get_readonly_fields(self, request, obj=None):
        # What happened is not entered.
        fields = [*super().get_readonly_fields(request, obj), "last_login", "date_joined"]
        if request.user.is_superuser:
            return fields
        # Else whoever may change accounts could make themselves master of everything.
        return [*fields, "is_superuser", "user_permissions"]

    def has_change_permission(self, request, obj=None):
        return self._is_in_reach(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self._is_in_reach(request, obj) and super().has_delete_permission(request, obj)

    def _is_in_reach(self, request, account) -> bool:
        return request.user.is_superuser or not (account and account.is_superuser)
