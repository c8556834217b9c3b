"""Which font plays which role, and what had to be put in place of the standard's own?

The standard's fonts (方正小标宋, 仿宋_GB2312, 楷体_GB2312) may not be given away. So each role has
a chain of families, looked for in the county's own folder (JIXIAO_FONTS), then in the project's
`.fonts/`, then in the system's; every substitution is reported, never silent.
"""

import os
import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import BinaryIO

import typst

from jixiao.gongwen.document import DocumentError, Face

FOLDERS_VARIABLE = "JIXIAO_FONTS"
PROJECT_FOLDER = Path(__file__).resolve().parents[2] / ".fonts"

# The names that the standard's practice uses; a docx asks for them by these names.
STANDARD_NAMES = {
    Face.XIAOBIAOSONG: "方正小标宋简体",
    Face.FANGSONG: "仿宋_GB2312",
    Face.HEITI: "黑体",
    Face.KAITI: "楷体_GB2312",
    Face.SONGTI: "宋体",
}
_OWN = {  # the same fonts under the names found inside their files
    Face.XIAOBIAOSONG: ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "方正小标宋简体"),
    Face.FANGSONG: ("FangSong_GB2312", "仿宋_GB2312"),
    Face.HEITI: ("SimHei", "黑体"),
    Face.KAITI: ("KaiTi_GB2312", "楷体_GB2312"),
    Face.SONGTI: ("SimSun", "宋体"),
}
_SERIF = ("Noto Serif SC", "Noto Serif CJK SC", "Source Han Serif SC")
_SANS = ("Noto Sans SC", "Noto Sans CJK SC", "Source Han Sans SC")
_SUBSTITUTES = {  # best first
    Face.XIAOBIAOSONG: ("STZhongsong", *_SERIF, "FandolSong"),
    Face.FANGSONG: ("FangSong", "STFangsong", "FZFangSong-Z02S", "FandolFang R", *_SERIF),
    Face.HEITI: ("STHeiti", "FZHei-B01S", "FandolHei", *_SANS, *_SERIF),
    Face.KAITI: ("KaiTi", "STKaiti", "FZKai-Z03S", "FandolKai", *_SERIF),
    Face.SONGTI: ("NSimSun", "STSong", "FZShuSong-Z01S", "FandolSong", *_SERIF),
}
_WEIGHTS = {Face.XIAOBIAOSONG: 700, Face.HEITI: 500}  # where a family offers several
_RARE = dict.fromkeys(Face, _SERIF) | {Face.HEITI: (*_SANS, *_SERIF)}


@dataclass(frozen=True)
class Font:
    """One font file, and how near its folder is: 0 for the first one looked into."""

    nearness: int
    family: str
    weight: int
    path: str
    index: int

    def has(self, char: str) -> bool:
        """Whether the font holds a glyph for the character."""
        ranges = _character_ranges(self.path, self.index)
        at = bisect_right(ranges, (ord(char), 0x110000)) - 1
        return at >= 0 and ranges[at][0] <= ord(char) <= ranges[at][1]


@dataclass(frozen=True)
class FontSet:
    """For each face the font that plays it, then those that step in for single characters."""

    chains: dict[Face, tuple[Font, ...]]
    collection: typst.Fonts

    @property
    def substitutions(self) -> tuple[str, ...]:
        """Every role not played by the standard's own font, e.g. `仿宋_GB2312 → FandolFang`."""
        return tuple(
            f"{STANDARD_NAMES[face]} → {shown(chain[0])}"
            for face, chain in self.chains.items()
            if chain[0].family not in _OWN[face]
        )


def shown(font: Font) -> str:
    """A font's name for users; Fandol's 仿宋 calls itself `FandolFang R`."""
    return font.family.removesuffix(" R")


def font_folders() -> tuple[Path, ...]:
    """The county's licensed folder(s) from JIXIAO_FONTS, then the project's `.fonts/`."""
    own = os.environ.get(FOLDERS_VARIABLE, "").split(os.pathsep)
    return (*(Path(folder) for folder in own if folder), PROJECT_FOLDER)


def find_fonts(folders: Sequence[Path] | None = None, *, with_system: bool = True) -> FontSet:
    """Resolve every role, in the folders first, then (only if one is missing) in the system's.

    Raises DocumentError, telling the user to run `make fonts`, when a role stays empty.
    """
    places = tuple(folders) if folders is not None else font_folders()
    for include_system in (False, True)[: 1 + with_system]:
        chains = _chains(tuple(_scanned(places, include_system=include_system)))
        if all(chains.values()):
            return FontSet(chains, _collection(chains))
    missing = "、".join(STANDARD_NAMES[face] for face, chain in chains.items() if not chain)
    raise DocumentError(
        f"没有找到可用的中文字体（缺：{missing}），公文印不出来。请在项目文件夹中运行 make fonts，"
        f"或把单位购买的字体放进一个文件夹，并用环境变量 {FOLDERS_VARIABLE} 指明。"
    )


def _scanned(places: Sequence[Path], *, include_system: bool) -> Iterator[Font]:
    """Every upright font of the folders, then of the system."""
    existing = [str(place) for place in places if place.is_dir()]
    scans = [_fonts_in(place) for place in existing]
    if include_system:
        scans.append(typst.Fonts(include_system_fonts=True, include_embedded_fonts=False))
    for nearness, scan in enumerate(scans):
        for info in scan.fonts():
            if info.path and info.style == "normal":
                yield Font(nearness, info.family, info.weight, info.path, info.index)


def _fonts_in(*folders: str) -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(folders)
    )


def _collection(chains: dict[Face, tuple[Font, ...]]) -> typst.Fonts:
    """What the printer gets to see: the chosen fonts' folders and no others."""
    chosen = {str(Path(font.path).parent) for chain in chains.values() for font in chain}
    return _fonts_in(*sorted(chosen))


def _chains(found: Sequence[Font]) -> dict[Face, tuple[Font, ...]]:
    return {face: tuple(_chain(face, found)) for face in Face}


def _chain(face: Face, found: Sequence[Font]) -> Iterator[Font]:
    first = _first(face, (*_OWN[face], *_SUBSTITUTES[face]), found)
    if first:
        yield first
        rare = _first(face, _RARE[face], found)
        if rare and rare.family != first.family:
            yield rare


def _first(face: Face, families: Sequence[str], found: Sequence[Font]) -> Font | None:
    """The nearest folder decides, then the family's rank, then the fitting weight."""
    return min(
        (font for font in found if font.family in families),
        key=lambda font: (
            font.nearness,
            families.index(font.family),
            abs(font.weight - _WEIGHTS.get(face, 400)),
        ),
        default=None,
    )


@cache
def _character_ranges(path: str, index: int) -> tuple[tuple[int, int], ...]:
    """The character ranges of a font file, from its `cmap` table (OpenType, formats 4 and 12)."""
    with Path(path).open("rb") as file:
        start = 0
        if file.read(4) == b"ttcf":
            (start,) = struct.unpack(">I", _read(file, 12 + 4 * index, 4))
        (tables,) = struct.unpack(">H", _read(file, start + 4, 2))
        entries = struct.iter_unpack(">4sIII", _read(file, start + 12, 16 * tables))
        offset, length = next((at, size) for tag, _, at, size in entries if tag == b"cmap")
        cmap = _read(file, offset, length)
    (count,) = struct.unpack_from(">H", cmap, 2)
    offsets = [at for _, _, at in struct.iter_unpack(">HHI", cmap[4 : 4 + 8 * count])]
    return max((tuple(sorted(_ranges(cmap[at:]))) for at in offsets), key=lambda pairs: pairs[-1:])


def _ranges(subtable: bytes) -> Iterator[tuple[int, int]]:
    (kind,) = struct.unpack_from(">H", subtable)
    if kind == 12:
        (count,) = struct.unpack_from(">I", subtable, 12)
        for first, last, _ in struct.iter_unpack(">III", subtable[16 : 16 + 12 * count]):
            yield first, last
    elif kind == 4:
        (double,) = struct.unpack_from(">H", subtable, 6)
        lasts = struct.unpack_from(f">{double // 2}H", subtable, 14)
        firsts = struct.unpack_from(f">{double // 2}H", subtable, 16 + double)
        yield from (pair for pair in zip(firsts, lasts, strict=True) if pair[0] != 0xFFFF)


def _read(file: BinaryIO, offset: int, size: int) -> bytes:
    file.seek(offset)
    return file.read(size)
