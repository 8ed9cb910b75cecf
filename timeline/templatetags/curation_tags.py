"""What the templates of the admin say about work."""

from django import template

from timeline.rewording import pieces

register = template.Library()


@register.filter
def changes_since(now: str, then: str):
    """The words of a text, with what is new in it since then and what is gone."""
    return pieces(then, now)
