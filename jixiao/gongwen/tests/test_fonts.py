"""Does every role find a font, and is every substitution told?"""

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from jixiao.gongwen import fonts as room
from jixiao.gongwen.document import DocumentError, Face
from jixiao.gongwen.fonts import FontSet, find_fonts, font_folders


def only(folder: Path, *names: str) -> Path:
    """A folder with nothing but the named project fonts."""
    folder.mkdir()
    for name in names:
        (folder / name).symlink_to(room.PROJECT_FOLDER / name)
    return folder


def test_every_face_has_a_font(fonts: FontSet) -> None:
    assert set(fonts.chains) == set(Face)


def test_substitutions_name_both_fonts(fonts: FontSet) -> None:
    assert "方正小标宋简体 → Noto Serif SC" in fonts.substitutions


def test_the_nearest_folder_wins(tmp_path: Path) -> None:
    own = only(tmp_path / "own", "NotoSerifSC_400Regular.ttf")
    found = find_fonts([own, room.PROJECT_FOLDER], with_system=False)
    assert found.chains[Face.KAITI][0].family == "Noto Serif SC"


def test_noto_alone_is_enough(tmp_path: Path) -> None:
    folder = only(tmp_path / "noto", "NotoSerifSC_400Regular.ttf", "NotoSansSC_500Medium.ttf")
    found = find_fonts([folder], with_system=False)
    assert found.chains[Face.FANGSONG][0].family == "Noto Serif SC"
    assert found.chains[Face.HEITI][0].family == "Noto Sans SC"


def test_a_heavy_weight_plays_the_title(fonts: FontSet) -> None:
    assert fonts.chains[Face.XIAOBIAOSONG][0].weight == 700
    assert fonts.chains[Face.FANGSONG][-1].weight == 400


def test_without_fonts_the_user_is_told_to_make_them(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="运行 make fonts"):
        find_fonts([tmp_path], with_system=False)


def test_the_countys_folder_comes_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("JIXIAO_FONTS", str(tmp_path))
    assert font_folders() == (tmp_path, room.PROJECT_FOLDER)


def test_character_tables_agree_with_fonttools(fonts: FontSet) -> None:
    for font in {font for chain in fonts.chains.values() for font in chain}:
        with TTFont(font.path, lazy=True) as file:
            expected = file.getBestCmap()
        sample = [*range(0x20, 0x3000, 7), *range(0x3000, 0xA000, 11), *range(0x20000, 0x20100)]
        assert [font.has(chr(code)) for code in sample] == [code in expected for code in sample]
