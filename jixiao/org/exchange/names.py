"""Which unit or person does a name in the workbook mean?"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from jixiao.scoring.names import Register, squash
from jixiao.workbooks.problems import Fault, quoted

MOST_SUGGESTIONS = 40
"""Looking for the name most like a wrong one takes time; a file full of wrong names is not helped."""


@dataclass
class Names:
    """Everything that units, or people, go by."""

    what: str
    known: dict[str, str] = field(default_factory=dict)
    """The names that mean one only, without white space."""
    full: dict[str, str] = field(default_factory=dict)
    others: dict[str, set[str]] = field(default_factory=dict)
    hints: dict[str, str] = field(default_factory=dict)

    def learn(self, full: str, names: Iterable[str]) -> None:
        """A full name, and the other names for the same; they count after ``settle``."""
        self.full[squash(full)] = full
        for name in map(squash, names):
            self.others.setdefault(name, set()).add(full)

    def settle(self) -> None:
        """A name counts when it means one only; a full name always means itself."""
        single = {name: min(meant) for name, meant in self.others.items() if len(meant) == 1}
        self.known = single | self.full

    def find(self, name: str) -> str | Fault:
        """The full name of what is meant, or why nobody knows."""
        text = squash(name)
        if found := self.known.get(text):
            return found
        if meant := self.others.get(text):
            shown = "、".join(sorted(meant)[:3])
            hint = f"请写清是哪一个，如{shown}"
            return Fault(f"叫{quoted(name)}的{self.what}有{len(meant)}个", hint)
        hint = self._near(text) or f"请核对，或先在“{self.what}”表里加上"
        return Fault(f"没有{self.what}{quoted(name)}", hint)

    def _near(self, text: str) -> str:
        if text not in self.hints and len(self.hints) < MOST_SUGGESTIONS:
            near = Register(self.known, frozenset()).nearest(text)
            self.hints[text] = f"是不是{quoted(near)}" if near else ""
        return self.hints.get(text, "")
