"""How often what is tried at random is tried: SOAK=1 ./test takes its time."""

import os


def rounds(quick: int, thorough: int) -> int:
    return thorough if os.environ.get("SOAK") else quick


ALL = [(language, scheme) for language in ("en", "tr", "ja") for scheme in ("light", "dark")]
LOOKS = (rounds(0, 1) and ALL) or [("tr", "dark")]
"""In which languages and colours axe reads the pages: in the one that differs most, or in all."""
