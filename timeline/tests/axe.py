"""What axe has to say of a page."""

from axe_playwright_python.sync_playwright import Axe

OPTIONS = {
    "resultTypes": ["violations"],  # what is well need not be told
    "selectors": False,
    # Style sheets would be asked for anew, imported ones from where they are not; and what is
    # asked of them is no rule that is on.
    "preload": {"assets": ["media"]},
}


def violations(page) -> dict[str, list[str]]:
    """By the name of the rule, the first two elements that break it."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return {one["id"]: [node["html"][:160] for node in one["nodes"][:2]] for one in found}
