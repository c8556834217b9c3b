"""Which files does the page on site need to work without a network, and in which version?"""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template
from django.templatetags.static import static

LINKED = (
    "core/theme.js", "core/app.css", "core/logo.svg", "core/shapes.svg", "icons.svg",
    "visits/onsite/onsite.css", "visits/onsite/page.js",
)  # fmt: skip
"""Named in the page, by the names under which static files never change."""
MODULES = ("closing", "dom", "findings", "item", "marks", "photos", "store", "sync")
"""Imported by the page's script, by their plain names."""
WORKER = "visits/onsite/sw.js"
PAGE = "visits/onsite.html"


@cache
def worker() -> str:
    """The service worker with its list of files; another version, another text."""
    text = _text(WORKER)
    return f'const VERSION = "{version()}";\nconst FILES = {_list(files())};\n{text}'


def files() -> list[str]:
    """The addresses of everything that is kept on the device."""
    modules = [f"/{settings.STATIC_URL.strip('/')}/visits/onsite/{each}.js" for each in MODULES]
    return [*map(static, LINKED), *modules]


@cache
def version() -> str:
    """A digest of everything that the device keeps: the page, its scripts, its looks."""
    sources = [_text(each) for each in (*LINKED, *_modules(), WORKER)]
    template: Any = get_template(PAGE)
    page = Path(template.origin.name).read_text(encoding="utf-8")
    return hashlib.sha256("\0".join([page, *sources]).encode()).hexdigest()[:16]


def _modules() -> list[str]:
    return [f"visits/onsite/{each}.js" for each in MODULES]


def _text(name: str) -> str:
    found = finders.find(name)
    return Path(found).read_text(encoding="utf-8") if found else ""


def _list(names: list[str]) -> str:
    return "[" + ", ".join(f'"{name}"' for name in names) + "]"
