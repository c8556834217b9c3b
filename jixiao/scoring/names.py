"""Which unit does this name mean? Padded, aliased and nearly right names."""

import difflib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from jixiao.scoring.scheme import Scheme

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def squash(name: str) -> str:
    """The name without padding and width: ``中  行`` and ``中　行`` are ``中行`` (C65)."""
    return "".join(unicodedata.normalize("NFKC", name).translate(_INVISIBLE).split())


@dataclass(frozen=True)
class Register:
    """Every name each unit goes by."""

    by_name: Mapping[str, str]
    excluded: frozenset[str]

    @classmethod
    def of(cls, scheme: Scheme) -> "Register":
        """The register of a scheme's units."""
        names = {
            squash(name): unit.name
            for group in scheme.groups
            for unit in group.units
            for name in (unit.name, *unit.aliases)
        }
        return cls(names, frozenset(squash(each.name) for each in scheme.excluded))

    def find(self, name: str) -> str | None:
        """The unit's official name, or None when nobody goes by this name."""
        return self.by_name.get(squash(name))

    def complaint(self, name: str) -> str:
        """What to tell a user whose name is nobody's."""
        if squash(name) in self.excluded:
            return f"“{name}”按办法不参评，请删去这一行"
        near = self.nearest(name)
        if near is None:
            return f"办法里没有单位“{name}”，请核对名称"
        return f"办法里没有单位“{name}”，是不是“{near}”？请改成办法里的名称或在办法中加别名"

    def nearest(self, name: str) -> str | None:
        """The unit most likely meant by a near miss."""
        text = squash(name)
        close = difflib.get_close_matches(text, self.by_name, n=1)
        if close:
            return self.by_name[close[0]]
        return self._by_letters(text)

    def _by_letters(self, text: str) -> str | None:
        """信用社 for 信用联社: one name's characters all occur in the other, in order."""
        for known, unit in self.by_name.items():
            short, long = sorted((text, known), key=len)
            if len(short) >= 2 and _is_subsequence(short, long):
                return unit
        return None


def _is_subsequence(short: str, long: str) -> bool:
    rest: Iterable[str] = iter(long)
    return all(letter in rest for letter in short)
