import gettext

import pytest

from relations import messages

HEADER = (
    'msgid ""\n'
    'msgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    '"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n\n'
)
SOURCE = 'msgid "Events"\nmsgstr ""\n\nmsgid "Sources"\nmsgstr ""\n'


@pytest.fixture
def catalogue(tmp_path):
    """Write a Turkish catalogue; the file."""

    def write(text, folder="locale"):
        path = tmp_path / folder / "tr" / "LC_MESSAGES" / "django.po"
        path.parent.mkdir(parents=True)
        path.write_text(HEADER + text)
        return path

    return write


def test_a_guess_is_not_compiled(catalogue):
    path = catalogue(
        'msgid "Events"\nmsgstr "Olaylar"\n\n#, fuzzy\nmsgid "Sources"\nmsgstr "Olaylar"\n'
    )

    messages.compile_all(path.parents[2])

    with path.with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    assert [compiled.gettext("Events"), compiled.gettext("Sources")] == ["Olaylar", "Sources"]
    assert sorted(file.name for file in path.parent.iterdir()) == ["django.mo", "django.po"]


@pytest.mark.parametrize(
    ("translated", "gaps"),
    [
        ('msgid "Sources"\nmsgstr "Kaynaklar"\n', []),
        ("", ["not in the catalogue: 'Sources'"]),
        ('msgid "Sources"\nmsgstr ""\n', ["not translated: 'Sources'"]),
        ('#, fuzzy\nmsgid "Sources"\nmsgstr "Olay"\n', ["only a guess (fuzzy): 'Sources'"]),
        ('#~ msgid "Sources"\n#~ msgstr "Kaynaklar"\n', ["not in the catalogue: 'Sources'"]),
    ],
)
def test_a_message_without_a_translation_is_named(catalogue, translated, gaps):
    extracted = catalogue(SOURCE, folder="extracted")
    kept = catalogue('msgid "Events"\nmsgstr "Olaylar"\n\n' + translated)

    assert list(messages.missing(kept, extracted)) == gaps


def test_every_plural_form_is_needed(catalogue):
    plural = 'msgid "%(n)s source"\nmsgid_plural "%(n)s sources"\n'
    extracted = catalogue(plural + 'msgstr[0] ""\nmsgstr[1] ""\n', folder="extracted")
    kept = catalogue(plural + 'msgstr[0] "%(n)s kaynak"\nmsgstr[1] ""\n')

    assert list(messages.missing(kept, extracted)) == [
        "not translated: ('%(n)s source', '%(n)s sources')"
    ]
