"""How static files are named and packed."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names files by their content, compresses them, and follows `import` between modules.

    Without the last, a module would ask for its neighbours by their plain names and a
    reader would go on running last month's.
    """

    support_js_module_import_aggregation = True
