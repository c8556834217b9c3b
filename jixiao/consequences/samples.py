"""How are common consequences written? Texts to begin from; the county fills in its own articles."""

from collections.abc import Mapping
from dataclasses import dataclass

from jixiao.consequences.states import Purpose


@dataclass(frozen=True)
class Sample:
    """A rule to begin from."""

    title: str
    kind: Purpose
    text: str


SAMPLES: Mapping[str, Sample] = {
    "honour": Sample("达标以上可以参加个人评先", Purpose.HONOUR, """\
规则:
  方法: 措施
  名称: 个人评先资格
  条件: {方法: 等次, 等次: [先进, 达标]}
  依据: （写明文号和条款）
"""),
    "unit": Sample("先进单位有基层单位评优资格，有问题没有整改到位的除外", Purpose.UNIT_HONOUR, """\
规则:
  方法: 措施
  名称: 基层单位评优资格
  条件:
    方法: 同时
    各条件:
      - {方法: 等次, 等次: [先进]}
      - {方法: 数据, 数据: 未整改问题, 范围: "0"}
  依据: （写明文号和条款）
"""),
    "first": Sample("不合格一年：取消责任人员评优评先资格", Purpose.SANCTION, """\
规则:
  方法: 措施
  名称: 取消责任人员评优评先资格（一年）
  条件: {方法: 等次, 等次: [未达标]}
  依据: （参照杭州市绩效管理条例第三十四条第一款，写明本县文号）
"""),
    "second": Sample("连续两年不合格：责任人员一年内不得晋升", Purpose.SANCTION, """\
规则:
  方法: 措施
  名称: 责任人员一年内不得晋升职务（连续两年）
  条件: {方法: 等次, 等次: [未达标], 连续年数: 2}
  依据: （参照杭州市绩效管理条例第三十四条第二款，写明本县文号）
"""),
    "third": Sample("连续三年以上不合格：建议调整责任人员", Purpose.SANCTION, """\
规则:
  方法: 措施
  名称: 建议有权机关调整责任人员（连续三年）
  条件: {方法: 等次, 等次: [未达标], 连续年数: 3}
  依据: （参照杭州市绩效管理条例第三十四条第三款，写明本县文号）
"""),
    "relapse": Sample("问题复查反弹：约谈", Purpose.OTHER, """\
规则:
  方法: 措施
  名称: 约谈分管人
  条件: {方法: 数据, 数据: 反弹问题, 范围: "≥1"}
  依据: （写明文号和条款）
"""),
    "selection": Sample("连续三年先进：干部选拔任用参考", Purpose.SELECTION, """\
规则:
  方法: 措施
  名称: 干部选拔任用参考（连续三年先进）
  条件: {方法: 等次, 等次: [先进], 连续年数: 3}
  依据: （写明文号和条款）
"""),
    "quota": Sample("单位等次定个人优秀比例", Purpose.QUOTA, """\
规则:
  方法: 比例
  名称: 个人优秀等次比例
  各等次比例: {先进: 18%, 达标: 15%, 未达标: 10%}
  上限: 20%
  依据: （写明文号和条款）
"""),
    "coefficient": Sample("单位等次定奖金系数", Purpose.COEFFICIENT, """\
规则:
  方法: 比例
  名称: 奖金系数
  各等次比例: {先进: 1.2, 达标: 1, 未达标: 0.8}
  依据: （写明文号和条款）
"""),
}  # fmt: skip
