"""How often what is tried at random is tried: SOAK=1 ./test takes its time."""

import os


def rounds(quick, thorough):
    return thorough if os.environ.get("SOAK") else quick


ALL = [(language, scheme) for language in ("en", "tr", "ja") for scheme in ("light", "dark")]
LOOKS = (rounds(0, 1) and ALL) or [("tr", "dark")]
"""In which languages and colours axe reads the pages: in the one that differs most, or in all."""

FRAMES = [("light", 1280), ("dark", 390), *rounds([], [("light", 390), ("dark", 1280)])]
"""In which colours and how wide axe reads the admin: narrow in the dark and wide in the light
differ most; there is time for the others."""
