"""Requests made up at random: to every address, with any method, value, header and cookie."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode, urljoin, urlsplit

import lxml.html
from django.conf import settings
from django.urls import get_resolver
from django.utils.regex_helper import normalize
from hypothesis import strategies as st

from timeline import choices, filters
from timeline.exports import FORMATS
from timeline.sitemaps import SITEMAPS
from timeline.tests.hidden import HIDDEN, PUBLIC
from timeline.views.files import PAGES

NASTY = [
    *("", " ", "\0", "a\0b", "'", "\"'><script>alert(1)</script>", "{{ 7|add:7 }}"),
    *("%", "%00", "\\", "/"),
    *("../../etc/passwd", "..%2f..%2f", "' OR 1=1 --", "=1+1", "\r\nX-Header: 1"),
    *("\ud800", "\U0001f5fe"),
    *("0", "-1", "1", "999999999", "9999999999999999999999", "1e999", "NaN", "0x10"),
    *("١٩٣٤", "１９３４", "²"),
    *("1934", "1934-06", "1934-06-01", "1934-02-30", "0000", "10000", "1934-06-01/"),
    *("~1934", "1934~"),
    *("true", "null", "[]", "{}", "on", "None", "İ", "ı", "ß", "e\u0301" * 9, "日本"),
    *("a" * 300, "x" * 5000),
    *(".", "..", "-", "_", ",", ";", "=", "&", "#", "?", "http://127.0.0.1:1/"),
    *("//evil.example", "en"),
]  # fmt: skip
NUMBERS = ["1", "2", "3", "4", "5", "6", "9", "12", "ABCDE-12345"]
# What stands in the addresses, by the names that the resolver gives to the gaps.
VALUES = {
    **dict.fromkeys(("number", "pk", "object_id", "id", "version", "content_type_id"), NUMBERS),
    "slug": [PUBLIC, *HIDDEN, "withdrawn", "merged"],
    "suffix": [*FORMATS, "csv", "xlsx"],
    "kind": [*PAGES, "places", "events"],
    "section": [*SITEMAPS],
    "app_label": ["timeline", "auth"],
    "name": ["events.csv", "datapackage.json", "first"],
    "rest": ["", "events/", "nothing"],
    "url": ["", "nothing"],
}
VOCABULARIES = [
    *(choices.Kind, choices.ActorKind, choices.AgreementKind, choices.SourceKind, choices.Side),
    *(choices.Attestation, choices.Importance, choices.Standing, choices.Status, filters.Order),
]
WORDS = [
    *(value for vocabulary in VOCABULARIES for value in vocabulary.values),
    *(*VALUES["slug"], "diplomacy", "trade", "JP", "TR", "en", "ja", "yes", "no", "json", "xml"),
]
FILTERS = [getattr(filters, name) for name in dir(filters) if name.endswith("Filter")]
PARAMETERS = sorted(
    {name for each in FILTERS for name in getattr(each, "base_filters", {})}
    | {"page", "cursor", "format", "lang", "url", "maxwidth", "maxheight", "before", "by", "zoom"}
    | {"at", "month", "text", "actor", "start", "next", "app_label", "model_name", "field_name"}
    | {"term", "o", "all", "e", "p", "_popup", "_to_field", "status__exact", "q", "limit", "rows"}
)
METHODS = ["GET"] * 8 + ["HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"]
HEADERS = {
    "Host": [
        "localhost",
        "localhost",
        "evil.example",
        "localhost:99999",
        "[::1]:8000",
        "a b",
        "a@b",
    ],
    "Accept": ["text/html", "application/json", "*/*;q=x", "image/avif"],
    "Accept-Encoding": ["gzip", "br", "identity", "gzip;q=0", "*"],
    "Accept-Language": ["tr", "ja-JP,ja;q=0.9", "x" * 600, "*", "en;q=nan", "-"],
    "Authorization": ["Bearer ", "Basic YTpi", "Basic \xff", "Token"],
    "Content-Length": ["0", "-1"],  # what is no number, the server itself refuses
    "If-Match": ["*", '"x"'],
    "If-Modified-Since": ["Tue, 24 Nov 2026 00:00:00 GMT", "Thu, 32 Foo 0000 99:99:99 GMT", "1"],
    "If-None-Match": ["*", 'W/"x"', '"', ",,"],
    "Origin": ["null", "https://evil.example", "http://localhost", "http://["],
    "Range": ["bytes=0-1", "bytes=-", "lines=1-"],
    "Referer": ["https://evil.example/", "http://["],
    "User-Agent": ["", "curl/8"],
    "X-Forwarded-For": ["127.0.0.1", "x, y", "::ffff:1.2.3.4%x"],
    "X-Forwarded-Host": ["evil.example"],
    "X-Forwarded-Proto": ["https", "x"],
    "X-HTTP-Method-Override": ["DELETE"],
    "X-Request-ID": ["12345678", "\x7f", "a" * 99],
    "X-Requested-With": ["XMLHttpRequest"],
}
COOKIES = ["sessionid", "csrftoken", "messages", "django_language", "a b"]
TYPES = [
    *("application/x-www-form-urlencoded", "multipart/form-data; boundary=b", "application/json"),
    *("multipart/form-data", "text/plain; charset=x", ""),
    "application/x-www-form-urlencoded; charset=utf-16",
]  # fmt: skip


@dataclass(frozen=True)
class Ask:
    """One request."""

    address: str
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    content_type: str = TYPES[0]

    def sent(self) -> str:
        """All that it says, to tell what is only repeated to it."""
        said = [self.address, *self.headers.values(), self.body.decode(errors="replace")]
        return "\n".join(said)

    def of(self, client):
        """The answer to it."""
        if {name.lower() for name in self.headers} & {"cookie"}:
            client.cookies.clear()
        headers = {f"HTTP_{name.upper().replace('-', '_')}": value
                   for name, value in self.headers.items() if name != "Content-Length"}  # fmt: skip
        if "Content-Length" in self.headers:
            headers["CONTENT_LENGTH"] = self.headers["Content-Length"]
        return client.generic(self.method, self.address, self.body, self.content_type, **headers)


def addresses() -> list[str]:
    """Every address that the resolver knows, with its gaps, in each language."""
    found = {f"/{form}" for form in _forms(get_resolver())}
    languages = [code for code, _name in settings.LANGUAGES]
    for form in [form for form in found if form.startswith("/en/")]:
        found |= {form.replace("/en/", f"/{code}/", 1) for code in languages}
    return sorted(found)


def _forms(resolver, before: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        for form, _gaps in normalize(pattern.pattern.regex.pattern):
            if hasattr(pattern, "url_patterns"):
                yield from _forms(pattern, before + form)
            else:
                yield before + form


def gaps(form: str) -> list[str]:
    return re.findall(r"%\((\w+)\)s", form)


def escaped(text: str) -> str:
    return quote(text.encode(errors="surrogatepass"), safe="")


texts = st.one_of(st.sampled_from(NASTY), st.text(max_size=20), st.sampled_from(WORDS))


@st.composite
def filled(draw, forms, wild=True) -> str:
    """One of the addresses: with what is there in its gaps or, if `wild`, with anything."""
    form = draw(st.sampled_from(forms))
    chosen = {}
    for name in gaps(form):
        known = st.sampled_from([escaped(value) for value in VALUES[name]])
        chosen[name] = draw(st.one_of(known, known, texts.map(escaped)) if wild else known)
    return form % chosen


pairs = st.tuples(st.sampled_from(PARAMETERS), texts)


@st.composite
def asks(draw, forms) -> Ask:
    """Any request to one of the addresses."""
    query = draw(st.lists(pairs, max_size=4))
    asked = "&".join(f"{name}={escaped(value)}" for name, value in query)
    asked += draw(st.sampled_from(["", "", "", "", "&%ff=%fe", "&&=", "&q=%C3%28", "&a=1" * 1100]))
    headers = draw(
        st.dictionaries(st.sampled_from(list(HEADERS)), st.none(), max_size=4).flatmap(
            lambda chosen: st.fixed_dictionaries(
                {name: st.sampled_from(HEADERS[name]) for name in chosen}
            )
        )
    )
    if draw(st.booleans()):
        jar = draw(st.dictionaries(st.sampled_from(COOKIES), texts, max_size=3))
        said = "; ".join(f"{name}={value}" for name, value in jar.items())
        headers["Cookie"] = said.encode(errors="replace").decode("latin-1")
    method = draw(st.sampled_from(METHODS))
    body = b"" if method in ("GET", "HEAD") else draw(bodies)
    address = draw(filled(forms)) + (f"?{asked}" if asked else "")
    return Ask(address, method, headers, body, draw(st.sampled_from(TYPES)))


FIELDS = [
    "form",
    "text",
    "evidence",
    "website",
    "note",
    "username",
    "password",
    "code",
    *PARAMETERS,
]
bodies = st.one_of(
    st.binary(max_size=60),
    st.lists(st.tuples(st.sampled_from(FIELDS), texts), max_size=6).map(
        lambda pairs: "&".join(f"{name}={escaped(value)}" for name, value in pairs).encode()
    ),
    st.sampled_from(
        [
            b"--b\r\nContent-Disposition: form-data; name=x; filename=y\r\n\r\n",
            b"--b--",
            b"{",
            b"[1]",
        ]
    ),
)


class Form:
    """A form of a page, as a browser would send it, to be spoilt."""

    def __init__(self, form, page: str):
        self.address = urljoin(page, form.action or page)
        self.pairs = [(name, value) for name, value in form.form_values() if name]
        self.buttons = [
            (button.get("name"), button.get("value") or "")
            for button in form.xpath(".//*[@type='submit' or self::button][@name]")
        ]
        self.names = sorted({name for name in form.fields if name} | {"_unknown", "action"})

    def spoilt(self, changes: list[tuple[int, str]], pressed: int) -> Ask:
        """With other values for some of its fields, and by one of its buttons."""
        spoilt = {self.names[at % len(self.names)]: value for at, value in changes}
        buttons = [None, *self.buttons]
        button = buttons[pressed % len(buttons)]
        pairs = [(name, value) for name, value in self.pairs if name not in spoilt]
        pairs += [*spoilt.items(), *([button] if button else [])]
        plain = [(name, value.encode(errors="surrogatepass")) for name, value in pairs]
        return Ask(urlsplit(self.address).path or "/", "POST", {}, urlencode(plain).encode())


def forms_of(page: str, content: bytes) -> list[Form]:
    """The forms that send something, but for the one that ends the session."""
    found = lxml.html.document_fromstring(content).forms
    forms = [Form(form, page) for form in found if (form.method or "").upper() == "POST"]
    return [form for form in forms if not form.address.endswith("/logout/")]


# What is typed over a form that is not known yet: the numbers choose among what it has.
spoilings = st.tuples(
    st.lists(st.tuples(st.integers(0, 999), texts), max_size=5), st.integers(0, 999)
)
