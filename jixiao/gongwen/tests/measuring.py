"""What stands where on a printed page? In millimetres from its upper left corner."""

import io
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property

import pdfplumber
from pdfplumber.page import Page as PlumberPage

MM = 72 / 25.4
RESOLUTION = 200
DOTS = RESOLUTION / 25.4  # dots a millimetre


@dataclass(frozen=True)
class Character:
    text: str
    left: float
    right: float
    baseline: float
    size: float  # points
    font: str


@dataclass(frozen=True)
class Rule:
    left: float
    right: float
    y: float
    thickness: float
    is_red: bool


class Page:
    def __init__(self, page: PlumberPage) -> None:
        self._page = page
        self.height = float(page.height) / MM
        self.characters = [
            Character(
                text=char["text"],
                left=char["matrix"][4] / MM,
                right=char["x1"] / MM,
                baseline=self.height - char["matrix"][5] / MM,
                size=char["size"],
                font=char["fontname"].partition("+")[2],
            )
            for char in page.chars
        ]

    @cached_property
    def lines(self) -> list[list[Character]]:
        """Lines of characters from top to bottom, without the page number."""
        found = defaultdict(list)
        for char in self.characters:
            if char.text.strip() and char.baseline < 262.5:
                found[round(char.baseline, 1)].append(char)
        return [sorted(found[at], key=lambda char: char.left) for at in sorted(found)]

    @property
    def texts(self) -> list[str]:
        return ["".join(char.text for char in line) for line in self.lines]

    def line(self, start: str) -> list[Character]:
        return next(line for line in self.lines if "".join(c.text for c in line).startswith(start))

    @property
    def page_number(self) -> list[Character]:
        return [char for char in self.characters if char.baseline > 262.5 and char.text.strip()]

    @cached_property
    def rules(self) -> list[Rule]:
        """Horizontal lines from top to bottom."""
        rules = [
            Rule(
                left=line["x0"] / MM,
                right=line["x1"] / MM,
                y=line["top"] / MM,
                thickness=line["linewidth"] / MM,
                is_red=max(line["stroking_color"] or (0,)) > 0.5,
            )
            for line in self._page.lines
            if abs(line["x1"] - line["x0"]) > 10
        ]
        return sorted(rules, key=lambda rule: rule.y)

    def inked(self, box: tuple[float, float, float, float]) -> tuple[float, float]:
        """The first and last inked row inside a box of left, top, right, bottom."""
        image = self._page.to_image(resolution=RESOLUTION).original.convert("L")
        dots = tuple(int(edge * DOTS) for edge in box)
        ink = image.crop(dots).point(lambda value: 255 * (value < 200)).getbbox()
        assert ink, "nothing printed there"
        return (dots[1] + ink[1]) / DOTS, (dots[1] + ink[3]) / DOTS


def pages(content: bytes) -> list[Page]:
    with pdfplumber.open(io.BytesIO(content)) as file:
        return [Page(page) for page in file.pages]
