"""Which templates come with the platform?"""

from functools import cache
from importlib.resources import files
from typing import Literal, get_args

from jixiao.bulletins.template import Template
from jixiao.schemes.exchange.yaml_view import read_part

ShippedKind = Literal["annual", "half", "quarter", "topic", "plain"]
FILES: dict[ShippedKind, str] = {
    "annual": "通报模板-年度.yaml",
    "half": "通报模板-半年.yaml",
    "quarter": "通报模板-季度.yaml",
    "topic": "通报模板-专题.yaml",
    "plain": "通报模板.yaml",
}
WORDS: dict[str, ShippedKind] = dict(
    zip(("年度", "半年", "季度", "专题", "简要"), get_args(ShippedKind), strict=True)
)
"""As people call them; 简要 is the short one that a bare tier list can answer."""


@cache
def shipped(kind: ShippedKind) -> Template:
    """A template that comes with the platform: narrative with references, no figures."""
    return read_part(Template, files("jixiao.bulletins").joinpath(FILES[kind]).read_bytes())
