"""The table of a run, and what its ratios are held against."""

GROWING = ("search-wide", "lanes-near")
"""Pages that show more where there are more records: their growth is printed, not judged."""


def show(report: dict) -> None:
    heads = (
        "server",
        "database",
        "size",
        "page",
        "req/s",
        "p50 ms",
        "p99 ms",
        "queries",
        "kB",
        "MB",
    )
    widths = (10, 11, 8, 17, 9, 9, 9, 8, 8, 6)
    print("".join(f"{head:>{width}}" for head, width in zip(heads, widths, strict=True)))
    order = lambda row: (row["page"], row["server"], row["database"], row["size"])  # noqa: E731
    for row in sorted(report["rows"], key=order):
        cells = (
            *(row["server"], row["database"], row["size"], row["page"]),
            *(f"{row[name]:,.1f}" for name in ("per_second", "p50", "p99")),
            *("" if row["queries"] is None else row["queries"], f"{row['bytes'] / 1000:,.0f}"),
            f"{row['peak']:.0f}" + (" failed!" if row["failed"] else ""),
        )
        print("".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)))
    print()
    for one in report["judged"]:
        kept = "holds" if one["holds"] else "MISSED" if one["holds"] is False else ""
        print(f"{one['what']:70}{one['ratio']:9.2f}  {one['bound']:8}{kept}")


class _Rows:
    def __init__(self, rows: list[dict]):
        self.by = {(r["server"], r["database"], r["size"], r["page"]): r for r in rows}

    def rate(self, server, database, size, page):
        row = self.by.get((server, database, size, page))
        return row and row["per_second"]

    def rival(self, size, page):
        rates = (self.rate("datasette", kind, size, page) for kind in ("sqlite", "postgresql"))
        return next((rate for rate in rates if rate), None)


def judged(rows: list[dict]) -> list[dict]:
    """Every ratio that is promised, beside its bound."""
    known, said = _Rows(rows), []
    sizes = sorted({row["size"] for row in rows})
    pages = list(dict.fromkeys(row["page"] for row in rows))
    for kind in ("sqlite", "postgresql"):
        for page in pages:
            said += _growth(known, kind, page, sizes)
            for size in sizes:
                said += _beside(known, kind, size, page)
        said += _memory(known, kind, sizes)
    return said


def _one(what: str, part, whole, bound: float | None, *, at_most=False) -> list[dict]:
    if not part or not whole:
        return []
    ratio = part / whole
    holds = None if bound is None else (ratio <= bound if at_most else ratio >= bound)
    sign = "" if bound is None else ("≤ " if at_most else "≥ ") + f"{bound:g}"
    return [{"what": what, "ratio": round(ratio, 3), "bound": sign, "holds": holds}]


def _growth(known, kind, page, sizes) -> list[dict]:
    if len(sizes) < 2 or page == "static":
        return []
    small, large = (known.rate("anew", kind, size, page) for size in (sizes[0], sizes[-1]))
    bound = {"sqlite": 2, "postgresql": 1.5}[kind]
    if page in GROWING:
        bound = None
    elif page.startswith("search"):
        bound = {"sqlite": None, "postgresql": 3}[kind]
    what = f"{kind}: cost of {page} at {sizes[-1]:,} against {sizes[0]:,}"
    return _one(what, small, large, bound, at_most=True)


def _beside(known, kind, size, page) -> list[dict]:
    anew, kept = (known.rate(server, kind, size, page) for server in ("anew", "kept"))
    bare, rival = known.rate("bare", "", size, page), known.rival(size, page)
    at = f"{kind}, {size:,}: {page}"
    wanted = {100_000: 15, 10_000: 3}.get(size)
    said = _one(f"{at}, anew, against Datasette", anew, rival, wanted)
    said += _one(f"{at}, kept, against Datasette", kept, rival, 100 if size == 100_000 else None)
    if page == "unchanged":
        bare = known.rate("bare", "", size, "home")
        return _one(f"{at}, 304, against a bare view", kept, bare, 0.8)
    if page in ("unchanged-file", "static"):
        return []
    said += _one(f"{at}, kept, against a bare view", kept, bare, 0.6)
    if page == "home":
        said += _one(f"{at}, anew, against a bare view", anew, bare, 0.05 if size == 1000 else None)
    return said


def _memory(known, kind, sizes) -> list[dict]:
    peaks = {
        size: max(r["peak"] for k, r in known.by.items() if k[:3] == ("anew", kind, size))
        for size in sizes
        if any(k[:3] == ("anew", kind, size) for k in known.by)
    }
    if len(peaks) < 2:
        return []
    what = f"{kind}: peak memory at {sizes[-1]:,} against {sizes[0]:,}"
    return _one(what, peaks[sizes[-1]], peaks[sizes[0]], 1.3, at_most=True)
