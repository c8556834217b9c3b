"""Which units does a draw draw? A promised seed and a number said aloud decide; anybody can repeat it.

Knows no database: the page, the command ``jixiao draw verify`` and a stranger's own few lines of
Python (``LISTING``) compute the same from what is published.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
"""``{"unit": 3, "name": "云溪镇", "group": "乡镇", "out": ""}``; ``out`` says why it is not drawn from."""
FORMAT = "jixiao-draw-1"
SIGN = "sha256:"
PROMISED = ("counts", "name", "pool")
"""What the seed's digest covers beside the seed: nothing of it can be changed afterwards."""
TEXTS = (
    "format", "round", "name", "seed", "word", "witness", "commitment", "digest",
    "committed_at", "committed_by", "drawn_at", "drawn_by",
)  # fmt: skip

STEPS = (
    "先定范围：哪些单位参加抽取，哪些不参加、为什么，各组抽几个。",
    "系统产生一个64位的随机种子，不给任何人看；把“种子＋换行＋范围和个数”的SHA-256摘要立即公布。",
    "换一个人主持抽取，见证人当场报一个数。种子在前、报数在后，谁也不能先试再挑。",
    "每个单位算一个摘要：SHA-256（种子|报数|单位名称）；同组按摘要从小到大排，取前几名。",
    "抽完公开种子。任何人用公布的文件都能重算，改动一个字就对不上。",
)
"""The protocol in words, as the page shows it."""

LISTING = """\
import hashlib, json, sys

draw = json.load(open(sys.argv[1], encoding="utf-8"))

def sha256(text):
    return hashlib.sha256(text.encode("utf-8")).hexdigest()

promised = {name: draw[name] for name in ("counts", "name", "pool")}
text = json.dumps(promised, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
assert draw["commitment"] == "sha256:" + sha256(draw["seed"] + "\\n" + text), "种子或范围被改过"

found = []
for group, count in draw["counts"].items():
    names = [u["name"] for u in draw["pool"] if u["group"] == group and not u["out"]]
    names.sort(key=lambda name: sha256(draw["seed"] + "|" + draw["word"] + "|" + name))
    found += names[:count]
assert sorted(found) == sorted(draw["drawn"]), "抽中的单位不对"
print("重算一致：", "、".join(draw["drawn"]))
"""
"""What anybody can run on the published file, with nothing of ours."""


def canonical(data: object) -> str:
    """The one way in which something is written as JSON."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def promise(seed: str, *, name: str, pool: Sequence[Row], counts: Mapping[str, int]) -> str:
    """The digest that is public before the draw."""
    covered = canonical({"counts": counts, "name": name, "pool": pool})
    return SIGN + _sha256(f"{seed}\n{covered}")


def draw(
    seed: str, word: str, *, pool: Sequence[Row], counts: Mapping[str, int]
) -> list[dict[str, Any]]:
    """The rows drawn, group by group in the order of the pool's groups, the lowest digest first."""
    groups = [group for group in dict.fromkeys(row["group"] for row in pool) if group in counts]
    return [
        {**row, "key": key}
        for group in groups
        for key, row in _ranked(seed, word, rows=_taking_part(pool, group))[: counts[group]]
    ]


def sealed(data: Mapping[str, Any]) -> str:
    """A draw as it is published: canonical JSON with a digest of everything in it."""
    return canonical({**data, "digest": _digest(data)}) + "\n"


def problems(text: str) -> list[str]:
    """What does not fit in a published draw; nothing where repeating it gives the same."""
    try:
        data = json.loads(text)
    except ValueError:
        return ["不是 JSON 文件，或文件被改坏了"]
    if (fault := _fault(data)) is not None:
        return [fault]
    if text != canonical(data) + "\n":
        return ["文件的写法被改过（多了或少了空格、换行、字符）"]
    if data["digest"] != _digest(data):
        return ["文件被改过：与文件里的摘要对不上"]
    return list(_wrong(data)) if data["seed"] else ["还没有抽取：文件里只有承诺的摘要"]


def _wrong(data: Mapping[str, Any]) -> Iterable[str]:
    promised = {name: data[name] for name in PROMISED}
    if promise(data["seed"], **promised) != data["commitment"]:
        yield "种子、范围或个数与抽取前公布的摘要对不上"
    again = draw(data["seed"], data["word"], pool=data["pool"], counts=data["counts"])
    if [row["name"] for row in again] != data["drawn"]:
        yield f"抽中的单位不对，重算是：{'、'.join(row['name'] for row in again)}"


def _fault(data: object) -> str | None:
    """Why this is no draw of ours at all."""
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        return "不是抽取记录，或出自别的程序"
    is_whole = (
        all(isinstance(data.get(name), str) for name in TEXTS)
        and _is_pool(data.get("pool"))
        and _is_counts(data.get("counts"))
        and isinstance(data.get("drawn"), list)
    )
    return None if is_whole else "抽取记录不完整"


def _is_pool(pool: object) -> bool:
    names = ("name", "group", "out")
    return isinstance(pool, list) and all(
        isinstance(row, dict) and all(isinstance(row.get(name), str) for name in names)
        for row in pool
    )


def _is_counts(counts: object) -> bool:
    return isinstance(counts, dict) and all(type(each) is int for each in counts.values())


def _taking_part(pool: Sequence[Row], group: str) -> list[Row]:
    return [row for row in pool if row["group"] == group and not row["out"]]


def _ranked(seed: str, word: str, *, rows: Iterable[Row]) -> list[tuple[str, Row]]:
    keyed = [(_sha256(f"{seed}|{word}|{row['name']}"), row) for row in rows]
    return sorted(keyed, key=lambda each: each[0])


def _digest(data: Mapping[str, Any]) -> str:
    return SIGN + _sha256(canonical({k: v for k, v in data.items() if k != "digest"}))


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
