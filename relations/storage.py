"""How static files are named and packed."""

import re

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

IMPORT = re.compile(r'^@import "(?P<name>[\w-]+\.css)"(?: (?P<media>\w+))?;\n', re.MULTILINE)
"""How a style sheet of ours takes in a neighbour, perhaps for a medium only."""


class StaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Names files by their content, compresses them, and follows `import` between modules.

    Without the last, a module would ask for its neighbours by their plain names and a
    reader would go on running last month's. A style sheet that imports others becomes one file:
    a browser that has to ask twice shows nothing in between.
    """

    support_js_module_import_aggregation = True

    def post_process(self, paths, dry_run=False, **options):
        sheets = [name for name in paths if name.endswith(".css") and not dry_run]
        joined = {name: (self, name) for name in sheets if self._join(name, paths)}
        yield from super().post_process(paths | joined, dry_run=dry_run, **options)

    def _join(self, name, paths):
        """Whether the style sheet imports others; if so, it now stands here with them in it."""
        whole = _whole(name, paths)
        if whole == _text(name, paths):
            return False
        self.delete(name)
        self.save(name, ContentFile(whole))
        return True


def _whole(name, paths):
    folder = name[: name.rindex("/") + 1] if "/" in name else ""

    def neighbour(imported):
        text = _whole(f"{folder}{imported['name']}", paths)
        return f"@media {imported['media']} {{\n{text}}}\n" if imported["media"] else text

    return IMPORT.sub(neighbour, _text(name, paths))


def _text(name, paths):
    """What stands in the file as it was written, whatever an earlier run made of it."""
    storage, path = paths[name]
    with storage.open(path) as file:
        return file.read().decode()
