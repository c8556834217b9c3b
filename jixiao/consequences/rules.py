"""How does a county write a rule of its own, and how does it read again? One consequence, in Chinese YAML."""

from collections.abc import Iterable, Sequence

from pydantic import Field

from jixiao.consequences.drawing import RuleError, asked, rule_words
from jixiao.consequences.states import RATES, Purpose
from jixiao.schemes.exchange.problems import SchemeFileError
from jixiao.schemes.exchange.yaml_view import read_part, write_yaml
from jixiao.scoring.base import Part
from jixiao.scoring.check import check, errors
from jixiao.scoring.consequences import Consequence, Rate
from jixiao.scoring.scheme import Scheme


class Written(Part):
    """What stands in the text."""

    rule: Consequence = Field(title="规则")


def read_rule(text: str, *, kind: Purpose) -> Consequence:
    """The rule that a text means; RuleError says what is wrong, line by line."""
    try:
        rule = read_part(Written, text).rule
    except SchemeFileError as error:
        raise RuleError(str(error)) from None
    except RecursionError:
        raise RuleError("条件套得太深，请分成几条规则") from None
    if isinstance(rule, Rate) != (kind in RATES):
        right = "比例" if kind in RATES else "措施"
        raise RuleError(f"“{Purpose(kind).label}”要写成“方法: {right}”")
    return rule


def kept(rule: Consequence) -> str:
    """The rule as it is kept."""
    return Written(rule=rule).model_dump_json(exclude_defaults=True)


def rule_of(document: str) -> Consequence:
    """The rule in a kept document."""
    return Written.model_validate_json(document).rule


def text_of(document: str) -> str:
    """The rule as the county wrote it."""
    return write_yaml(Written.model_validate_json(document))


def words_of(scheme: Scheme, rule: Consequence) -> str:
    """The rule as a sentence; RuleError where it names what the scheme does not have."""
    if told := misfits(scheme, [rule]):
        raise RuleError("；".join(told[:3]))
    return rule_words(asked(scheme, [rule]), rule)


def misfits(scheme: Scheme, rules: Sequence[Consequence]) -> list[str]:
    """What the rules ask for that the scheme does not have."""
    before: Iterable[object] = errors(check(scheme.model_copy(update={"consequences": ()})))
    known = set(before)
    return [each.message for each in errors(check(asked(scheme, rules))) if each not in known]
