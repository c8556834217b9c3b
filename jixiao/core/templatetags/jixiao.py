"""Which words do the templates know beyond Django's own? Loaded everywhere (settings: builtins)."""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django import template
from django.template.loader import render_to_string

from jixiao.core import signs, words

register = template.Library()

for _filter in (words.mark, words.number, words.day, words.short_day, words.moment, words.since):
    register.filter(_filter)
for _tag in (
    signs.icon, signs.shape, signs.sign, signs.badge, signs.tier, signs.due, signs.figure,
    signs.count, signs.bar, signs.gap,
):  # fmt: skip
    register.simple_tag(_tag)

CHINESE = re.compile("[\u4e00-\u9fff]")


@register.filter
def if_chinese(text: object) -> str:
    """The text if it was written for our users; the libraries' English is kept from them."""
    return str(text) if CHINESE.search(str(text or "")) else ""


@register.simple_block_tag
def card(content: str, title: str, note: str = "", more: str = "", url: str = "") -> str:
    """A white card: title, a muted note beside it, a link ``more`` to ``url`` at the right."""
    context = {"content": content, "title": title, "note": note, "more": more, "url": url}
    return render_to_string("core/components/card.html", context)


@register.inclusion_tag("core/components/empty.html")
def empty(title: str, hint: str = "", url: str = "", label: str = "") -> dict[str, str]:
    """Nothing is here yet: what, what to do next, and the link that does it."""
    return {"title": title, "hint": hint, "url": url, "label": label}


@register.inclusion_tag("core/components/stat.html")
def stat(value: object, unit: str = "", note: str = "", url: str = "") -> dict[str, object]:
    """One large figure with its unit."""
    return {"value": value, "unit": unit, "note": note, "url": url}


@register.inclusion_tag("core/components/stepper.html")
def stepper(steps: Iterable[Any]) -> dict[str, object]:
    """The steps of the year. Each has label, state, and may have when, note and url."""
    return {"steps": steps}


@register.inclusion_tag("core/components/state_bar.html")
def state_bar(steps: Iterable[Any], condition: str = "") -> dict[str, object]:
    """The states of one thing with their dates; ``condition`` says what unlocks the next one."""
    return {"steps": steps, "condition": condition}


@register.inclusion_tag("core/components/facts.html")
def facts(rows: Iterable[tuple[str, object]]) -> dict[str, object]:
    """What is known of one thing: pairs of name and value."""
    return {"rows": rows}


@register.inclusion_tag("core/components/tabs.html", takes_context=True)
def tabs(context: template.Context, items: Sequence[Sequence[object]]) -> dict[str, object]:
    """Pages side by side: (label, url) or (label, url, count); the one that is open is marked."""
    return {"items": items, "here": context["request"].get_full_path()}
