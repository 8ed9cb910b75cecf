"""SQLite as Django speaks it, but for one thing: many records at once are asked for in one list.

To fetch what records point at, Django 5.2 asks SQLite for `id = 1 OR id = 2 …`, and more than a
thousand are refused: “Expression tree is too large”. For keys of one column, and there are no
others here, a list (`id IN (1, 2 …)`) says the same, and has no such end.
"""

from django.db.backends.sqlite3 import base, features


class DatabaseFeatures(features.DatabaseFeatures):
    supports_tuple_lookups = True


class DatabaseWrapper(base.DatabaseWrapper):
    features_class = DatabaseFeatures
