"""The links of sources are asked politely and safely, and what comes of it is noted."""

import ipaddress
import socket
import threading
import time
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from timeline import linkcheck
from timeline.linkcheck import asking
from timeline.linkcheck.asking import Answer, ask, is_public
from timeline.models import LinkCheck, Source
from timeline.tests.factories import LinkCheckFactory, SourceFactory

pytestmark = pytest.mark.django_db

HERE = ipaddress.ip_address("127.0.0.1")


def only_here(number):
    """The hook for the tests: the server on this machine, at one address of it."""
    return number == HERE


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self):
        self.server.asked.append((self.command, self.path))
        status, headers, body = self.server.pages.get(self.path, (404, {}, b""))
        if callable(status):
            status = status(self)
            if status is None:
                return
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_HEAD = do_GET = answer

    def log_message(self, *arguments):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A client that hangs up is what some of the tests are about."""


@pytest.fixture
def web():
    """A web server on this machine: `pages` by path, `asked` what was asked of it."""
    server = Server(("127.0.0.1", 0), Handler)
    server.pages, server.asked = {"/page": (200, {}, b"text")}, []
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("8.8.8.8", True),
        ("2606:4700::1111", True),
        ("0.0.0.0", False),  # noqa: S104
        ("10.1.2.3", False),
        ("100.64.0.1", False),
        ("127.0.0.1", False),
        ("169.254.169.254", False),
        ("172.16.0.1", False),
        ("192.0.0.8", False),
        ("192.168.1.1", False),
        ("198.18.0.1", False),
        ("224.0.0.1", False),
        ("240.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
        ("::1", False),
        ("::127.0.0.1", False),
        ("::ffff:127.0.0.1", False),
        ("::ffff:10.0.0.1", False),
        ("::ffff:8.8.8.8", True),
        ("64:ff9b::7f00:1", False),
        ("2002:7f00:1::", False),
        ("2001:0:1::1", False),
        ("2001:db8::1", False),
        ("fc00::1", False),
        ("fe80::1", False),
        ("ff02::1", False),
    ],
)
def test_only_machines_on_the_public_internet_are_asked(text, answer):
    assert is_public(ipaddress.ip_address(text)) is answer


@pytest.mark.parametrize(
    "address",
    [
        "ftp://example.org/file",
        "file:///etc/passwd",
        "gopher://example.org/",
        "http://",
        "http:///path",
        "//example.org/",
        "javascript:alert(1)",
        "http://user:password@example.org/",
        "http://example.org:port/",
        "http://example.org:99999/",
        "http://[::1/",
        "http://exa mple.org/",
        f"http://{'a' * 64}.example.org/",
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.0.0.1/",
        "http://0/",
        "http://localhost/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://169.254.169.254/latest/meta-data/",
        "",
    ],
)
def test_an_address_that_leads_to_no_public_machine_is_not_asked(address):
    answer = ask(address, seconds=2)

    # A name that means nothing, such as "exa mple.org", cannot be reached.
    assert answer.status in ("unsafe", "unreachable")
    assert answer.code is None


def test_a_server_here_is_not_asked_unless_a_test_allows_it(web):
    assert ask(f"{web.url}/page") == Answer("unsafe", at=f"{web.url}/page")
    assert web.asked == []

    assert ask(f"{web.url}/page", permits=only_here).status == "answers"
    assert web.asked == [("HEAD", "/page")]


@pytest.mark.parametrize(
    ("code", "status"),
    [
        (200, "answers"),
        (204, "answers"),
        (304, "answers"),
        (400, "refused"),
        (401, "refused"),
        (403, "refused"),
        (404, "missing"),
        (410, "missing"),
        (429, "refused"),
        (451, "refused"),
        (500, "unreachable"),
        (503, "unreachable"),
    ],
)
def test_what_a_code_means(web, code, status):
    web.pages["/"] = (code, {}, b"")

    answer = ask(f"{web.url}/", permits=only_here)

    assert (answer.status, answer.code) == (status, code)


def test_a_server_that_does_not_like_to_be_asked_for_the_head_is_asked_for_the_page(web):
    web.pages["/"] = (lambda handler: 405 if handler.command == "HEAD" else 200, {}, b"text")

    assert ask(f"{web.url}/", permits=only_here).status == "answers"
    assert web.asked == [("HEAD", "/"), ("GET", "/")]


@pytest.mark.parametrize(
    ("code", "to", "status"),
    [
        (301, "/page", "moved"),
        (308, "/page", "moved"),
        (302, "/page", "answers"),
        (307, "page", "answers"),
        (301, "/gone", "missing"),
        # Nothing says where it leads: the redirect itself is the answer.
        (301, "", "answers"),
    ],
)
def test_a_redirect_is_followed(web, code, to, status):
    web.pages["/old"] = (code, {"Location": to} if to else {}, b"")

    answer = ask(f"{web.url}/old", permits=only_here)

    assert answer.status == status


def test_a_last_slash_is_no_move(web):
    web.pages |= {"/old": (301, {"Location": "/old/"}, b""), "/old/": (200, {}, b"")}

    assert ask(f"{web.url}/old", permits=only_here).status == "answers"


def test_a_circle_of_redirects_ends(web):
    web.pages["/a"] = (302, {"Location": "/b"}, b"")
    web.pages["/b"] = (302, {"Location": "/a"}, b"")

    assert ask(f"{web.url}/a", permits=only_here).status == "unreachable"
    assert len(web.asked) == 2 * (asking.REDIRECTS + 1)


@pytest.mark.parametrize(
    "target",
    [
        "http://127.0.0.2:{port}/page",
        "http://localhost.:{port}@127.0.0.2/",
        "http://[::1]:{port}/page",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:{port}/page",
    ],
)
def test_a_redirect_leads_nowhere_else(web, target):
    web.pages["/old"] = (302, {"Location": target.format(port=web.server_port)}, b"")

    assert ask(f"{web.url}/old", permits=only_here).status == "unsafe"
    assert web.asked == [("HEAD", "/old")]


def test_a_name_is_looked_up_once_and_all_its_numbers_are_judged(web, monkeypatch):
    """A name server that answers otherwise the second time, or with two numbers, gains nothing."""
    looked_up = []

    def look_up(host, port, *arguments, **options):
        if host == "rebinding.example":
            looked_up.append(host)
            numbers = {1: ["127.0.0.1"], 2: ["127.0.0.2"]}[len(looked_up)]
        elif host == "both.example":
            numbers = ["127.0.0.1", "127.0.0.2"]
        else:
            numbers = [host]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (n, port)) for n in numbers]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    first = ask(f"http://rebinding.example:{web.server_port}/page", permits=only_here)
    second = ask(f"http://rebinding.example:{web.server_port}/page", permits=only_here)
    both = ask(f"http://both.example:{web.server_port}/page", permits=only_here)

    assert (first.status, second.status, both.status) == ("answers", "unsafe", "unsafe")
    assert web.asked == [("HEAD", "/page")]


def test_a_page_without_end_is_read_to_its_bound_only(web):
    sent = []

    def endless(handler):
        if handler.command == "HEAD":
            return 405
        handler.send_response(200)
        handler.end_headers()
        while len(sent) < 100_000:
            handler.wfile.write(b"x" * 65536)
            sent.append(65536)
        return None

    web.pages["/"] = (endless, {}, b"")

    assert ask(f"{web.url}/", permits=only_here, seconds=10).status == "answers"
    assert sum(sent) < 100 * asking.LARGEST  # what the system's buffers took in


@pytest.mark.parametrize("where", ["before", "head", "body"])
def test_an_answer_that_trickles_in_is_not_waited_for(web, where):
    def slow(handler):
        if where == "body":
            if handler.command == "HEAD":
                return 405
            handler.send_response(200)
            handler.end_headers()
        if where == "head":
            handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
        for _each in range(100):
            time.sleep(0.1)
            handler.wfile.write(b"" if where == "before" else b"x")
            handler.wfile.flush()
        return None

    web.pages["/"] = (slow, {}, b"")
    begun = time.monotonic()

    assert ask(f"{web.url}/", permits=only_here, seconds=0.5).status == "timeout"
    assert time.monotonic() - begun < 3


def test_a_closed_door_and_a_garbled_answer_are_unreachable(web):
    def garbled(handler):
        handler.wfile.write(b"SSH-2.0-server\r\n\r\n")
        handler.close_connection = True

    web.pages["/"] = (garbled, {}, b"")
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]

    assert ask(f"{web.url}/", permits=only_here).status == "unreachable"
    assert ask(f"http://127.0.0.1:{port}/", permits=only_here).status == "unreachable"
    assert ask(f"https://127.0.0.1:{web.server_port}/", permits=only_here).status == "unreachable"


def test_letters_beyond_ascii_go_over_the_wire(web):
    web.pages["/%E5%9B%BD?q=%C3%BC%20a"] = (200, {}, b"")

    assert ask(f"{web.url}/国?q=ü a", permits=only_here).status == "answers"


def now():
    return timezone.now()


def test_first_what_was_never_asked_then_what_was_asked_longest_ago():
    _new, old, fresh, changed = (
        SourceFactory(url=f"https://{name}.example/") for name in ("new", "old", "fresh", "other")
    )
    LinkCheckFactory(source=old, checked=now() - timedelta(days=40))
    LinkCheckFactory(source=fresh, checked=now() - timedelta(days=2))
    LinkCheckFactory(source=changed, address="https://before.example/", checked=now())
    SourceFactory(url="https://gone.example/", status="withdrawn", reason="A double.")
    SourceFactory(copy_url="https://copy.example/", archived_url="https://kept.example/")

    links = linkcheck.due(now() - timedelta(days=30))

    assert [link.host for link in links] == [
        "new.example",
        "other.example",
        "kept.example",
        "copy.example",
        "old.example",
    ]


def test_a_host_is_left_in_peace_while_others_are_asked():
    links = [
        linkcheck.Link(number, "url", address)
        for number, address in enumerate(
            ["http://a/1", "http://a/2", "http://b/1", "http://a/3", "http://b/2"]
        )
    ]
    told, clock = [], [0.0]

    def wait(seconds):
        clock[0] += seconds

    def asked(address):
        told.append((round(clock[0], 1), address))
        clock[0] += 0.5
        return Answer("answers", 200, address)

    walked = linkcheck.walk(links, pace=5, ask=asked, sleep=wait, clock=lambda: clock[0])

    assert len(list(walked)) == 5
    assert told == [
        (0.0, "http://a/1"),
        (0.5, "http://b/1"),
        (5.5, "http://a/2"),
        (6.0, "http://b/2"),
        (11.0, "http://a/3"),
    ]


def test_a_host_that_is_asked_too_much_is_not_asked_again():
    links = [linkcheck.Link(n, "url", f"http://a/{n}") for n in range(3)]
    walked = linkcheck.walk(
        links, pace=1, ask=lambda address: Answer("refused", 429, address), sleep=lambda s: None
    )

    assert len(list(walked)) == 1


def check_links(**options):
    call_command("check_links", permits=only_here, sleep=lambda seconds: None, **options)


def test_what_came_of_asking_is_noted_and_no_source_is_changed(web, capsys):
    web.pages["/old"] = (301, {"Location": "/page"}, b"")
    fine = SourceFactory(url=f"{web.url}/page", archived_url=f"{web.url}/gone")
    moved = SourceFactory(url=f"{web.url}/old")
    SourceFactory(url="http://10.0.0.1/")
    SourceFactory()
    before = list(Source.objects.order_by("pk").values())

    check_links()

    noted = LinkCheck.objects.order_by("source", "column")
    assert [(one.source_id, one.column, one.status, one.moved_to) for one in noted] == [
        (fine.pk, "archived_url", "missing", ""),
        (fine.pk, "url", "answers", ""),
        (moved.pk, "url", "moved", f"{web.url}/page"),
        (moved.pk + 1, "url", "unsafe", ""),
    ]
    assert list(Source.objects.order_by("pk").values()) == before
    assert capsys.readouterr().out == (
        "4 addresses asked: 1 answers, 1 moved, 1 missing, 1 unsafe\n"
    )


def test_a_round_can_be_cut_short_and_goes_on_where_it_stopped(web, capsys):
    for number in range(5):
        web.pages[f"/{number}"] = (200, {}, b"")
        SourceFactory(url=f"{web.url}/{number}")

    check_links(limit=2)
    check_links()
    check_links()

    assert [path for _method, path in web.asked] == ["/0", "/1", "/2", "/3", "/4"]
    assert capsys.readouterr().out.splitlines()[-1] == "0 addresses asked"


def test_an_interrupted_round_keeps_what_was_asked(web):
    web.pages |= {"/0": (200, {}, b""), "/1": (200, {}, b"")}
    for number in range(3):
        SourceFactory(url=f"{web.url}/{number}")

    def interrupt(seconds):
        if len(web.asked) == 2:
            raise KeyboardInterrupt

    with pytest.raises(CommandError, match="Stopped after 2 of 3; the next call goes on there"):
        call_command("check_links", permits=only_here, sleep=interrupt)

    assert LinkCheck.objects.count() == 2


def test_one_host_can_be_asked_alone(web, capsys):
    SourceFactory(url=f"{web.url}/page")
    SourceFactory(url="http://other.example/")

    check_links(host="127.0.0.1")

    assert capsys.readouterr().out == "1 addresses asked: 1 answers\n"
    with pytest.raises(CommandError, match=r"No address at nowhere\.example is due"):
        check_links(host="nowhere.example")


@pytest.mark.parametrize("option", ["--limit=0", "--pace=0", "--days=-1", "--seconds=x"])
def test_an_option_that_cannot_be_meant_is_refused(option):
    with pytest.raises(CommandError):
        call_command("check_links", option)


def test_the_hook_of_the_tests_is_no_option():
    with pytest.raises(CommandError):
        call_command("check_links", "--permits=127.0.0.1")


def test_a_link_is_dead_when_it_is_gone_or_silent_three_times_in_succession():
    source = SourceFactory(url="http://a.example/")
    link = linkcheck.Link(source.pk, "url", source.url)

    def noted(*statuses):
        for status in statuses:
            check = linkcheck.note(link, Answer(status, at=source.url))
        found = Source.objects.with_dead_link().filter(pk=source.pk).exists()
        assert found == check.is_dead
        return found

    assert [
        noted("timeout", "unreachable"),
        noted("answers"),
        noted("timeout", "unreachable"),
        noted("timeout"),
        noted("answers"),
        noted("missing"),
        noted("refused"),
    ] == [False, False, False, True, False, True, False]


def test_what_was_found_says_nothing_of_an_address_entered_since():
    source = SourceFactory(url="http://a.example/")
    linkcheck.note(linkcheck.Link(source.pk, "url", source.url), Answer("missing", 404))
    assert list(Source.objects.with_dead_link()) == [source]

    source.url = "http://b.example/"
    source.save()

    assert list(Source.objects.with_dead_link()) == []


def test_the_page_of_a_source_says_when_its_links_answered(client):
    source = SourceFactory(
        url="https://www.a.example/",
        copy_url="https://b.example/",
        archived_url="https://c.example/",
    )
    LinkCheckFactory(source=source)
    LinkCheckFactory(source=source, column="copy_url", status="missing")
    LinkCheckFactory(source=source, column="archived_url", status="refused")

    page = " ".join(client.get(f"/en/sources/{source.slug}/").content.decode().split())

    day = '<time datetime="2026-11-24">24 November 2026</time>'
    assert f"The link to a.example was checked on {day} and answered." in page
    assert f"The link to b.example was checked on {day} and no longer answers." in page
    assert "The link to c.example" not in page
