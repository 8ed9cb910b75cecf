"""How often what is tried at random is tried: SOAK=1 ./test takes its time."""

import os


def rounds(quick: int, thorough: int) -> int:
    return thorough if os.environ.get("SOAK") else quick
