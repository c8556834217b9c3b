"""Under which letters is a Chinese name found? Full pinyin and initials, offline."""

from pypinyin import Style, lazy_pinyin


def search_text(*names: str) -> str:
    """Names, their pinyin and their initials in lower case, for a search by substring."""
    words: list[str] = []
    for name in names:
        plain = "".join(name.split())
        syllables = lazy_pinyin(plain)
        initials = lazy_pinyin(plain, style=Style.FIRST_LETTER)
        words += [plain.lower(), "".join(syllables).lower(), "".join(initials).lower()]
    return " ".join(dict.fromkeys(words))
