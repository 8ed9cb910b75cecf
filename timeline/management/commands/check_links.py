from collections import Counter
from datetime import timedelta
from functools import partial

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from timeline import linkcheck
from timeline.choices import LinkStatus


def positive(text):
    number = int(text)
    if number < 1:
        raise ValueError
    return number


class Command(BaseCommand):
    help = (
        "Ask the addresses of the sources whether they still answer, and note it. "
        "Can be stopped at any time; the next call goes on where this one stopped."
    )
    # For the tests, which ask a server on this machine. No option: nobody sets it by mistake.
    stealth_options = ("permits", "sleep")

    def add_arguments(self, parser):
        parser.add_argument("--limit", type=positive, help="Ask no more addresses than these.")
        parser.add_argument("--host", default="", help="Ask this host only: www.mofa.go.jp.")
        parser.add_argument(
            "--days",
            type=positive,
            default=30,
            help="Leave out what was asked within so many days (30).",
        )
        parser.add_argument(
            "--pace",
            type=positive,
            default=5,
            help="So many seconds between two questions to one host (5).",
        )
        parser.add_argument(
            "--seconds", type=positive, default=20, help="Wait no longer for an answer (20)."
        )

    def handle(self, *, limit, host, days, pace, seconds, verbosity, **options):
        since = timezone.now() - timedelta(days=days)
        links = linkcheck.due(since, host=host.lower())
        if not links and host:
            raise CommandError(f"No address at {host} is due.", returncode=1)
        links = links[:limit]
        ask = partial(
            linkcheck.ask, seconds=seconds, permits=options.get("permits", linkcheck.is_public)
        )
        further = {"sleep": options["sleep"]} if "sleep" in options else {}
        found = Counter()
        try:
            for link, answer in linkcheck.walk(links, pace=pace, ask=ask, **further):
                linkcheck.note(link, answer)
                found[answer.status] += 1
                self.say_how_far(found.total(), len(links), link, answer, verbosity)
        except KeyboardInterrupt:
            self.stdout.write("")
            raise CommandError(
                f"Stopped after {found.total()} of {len(links)}; the next call goes on there.",
                returncode=130,
            ) from None
        if found and self.stdout.isatty():
            self.stdout.write("")
        counts = ", ".join(f"{found[status]} {status}" for status in LinkStatus if found[status])
        self.stdout.write(f"{found.total()} addresses asked" + (f": {counts}" if counts else ""))

    def say_how_far(self, done, total, link, answer, verbosity):
        if verbosity > 1:
            code = f" ({answer.code})" if answer.code else ""
            self.stdout.write(f"{done} of {total}: {answer.status}{code}: {link.address}")
        elif self.stdout.isatty():
            # One line, written over and over.
            self.stdout.write(f"\r\033[K{done} of {total}: {link.host}", ending="")
            self.stdout.flush()
