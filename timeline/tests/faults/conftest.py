from timeline.tests.databases import databases, loaded, migrated

__all__ = ["databases", "loaded", "migrated"]
