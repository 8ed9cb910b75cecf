from django.contrib.auth.management import create_permissions
from django.db import migrations

# What each group may do; timeline/roles.py says what follows from it.
ROLES = {
    "contributor": ["timeline.contribute"],
    "editor": ["timeline.contribute", "timeline.edit"],
    "administrator": [
        "timeline.keep_vocabulary",
        "auth.add_user",
        "auth.change_user",
        "auth.delete_user",
        "auth.view_user",
        "auth.view_group",
    ],
}


def make_groups(apps, schema_editor):
    """Make the groups, or give those of that name what they need; nothing is taken away."""
    alias = schema_editor.connection.alias
    # Permissions are made when all migrations are done; these are needed now.
    for label in ("auth", "timeline"):
        config = apps.get_app_config(label)
        module, config.models_module = getattr(config, "models_module", None), True
        create_permissions(config, apps=apps, verbosity=0, using=alias)
        config.models_module = module
    groups = apps.get_model("auth", "Group").objects.using(alias)
    permissions = apps.get_model("auth", "Permission").objects.using(alias)
    for name, needed in ROLES.items():
        group, _created = groups.get_or_create(name=name)
        for permission in needed:
            label, codename = permission.split(".")
            group.permissions.add(
                permissions.get(content_type__app_label=label, codename=codename)
            )


class Migration(migrations.Migration):
    dependencies = [
        ("timeline", "0005_versions_and_history"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(make_groups, migrations.RunPython.noop)]
