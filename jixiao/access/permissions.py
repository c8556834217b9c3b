"""Who may do what, and where? One table that a lawyer can read."""

from dataclasses import dataclass

from django.db.models import TextChoices


class Permission(TextChoices):
    """Everything that can be allowed; nothing is allowed by itself."""

    HOME = "home", "看自己的首页"
    OWN_ACCOUNT = "own_account", "管理自己的登录方式"
    UNITS_SEE = "units_see", "看单位、职务和联络员名单"
    UNITS_EDIT = "units_edit", "设立、更名、合并、撤销单位"
    PEOPLE_EDIT = "people_edit", "维护人员和任职"
    DUTIES_EDIT = "duties_edit", "确定领导小组、分管人和联络员"
    CONDITIONS_EDIT = "conditions_edit", "登记办公条件"
    CYCLES_EDIT = "cycles_edit", "安排年度周期"
    SCHEMES_SEE = "schemes_see", "看办法"
    SCHEMES_EDIT = "schemes_edit", "起草、修改办法"
    SCHEMES_APPROVE = "schemes_approve", "审定、发布办法"
    VISITS_SEE = "visits_see", "看评估安排和现场记录"
    VISITS_PLAN = "visits_plan", "安排评估轮次、评估组、抽查和日程"
    VISITS_RECORD = "visits_record", "现场记录和当面反馈"
    VISITS_CONFIRM = "visits_confirm", "代表本单位确认现场反馈"
    VISITS_CORRECT = "visits_correct", "更正已确认的现场记录"
    ROUNDS_SUM_SEE = "rounds_sum_see", "看各轮得分汇总"
    SELF_MARK = "self_mark", "填报本单位自评"
    TIES_DECLARE = "ties_declare", "申报与单位的关系"
    DATA_PROVIDE = "data_provide", "提供评分数据"
    RATERS_SEE = "raters_see", "看评分尺度"
    RATERS_ADJUST = "raters_adjust", "调整评分尺度"
    RECTIFICATION_SEE = "rectification_see", "看问题和整改"
    RECTIFY = "rectify", "代表本单位整改和回复"
    RECTIFICATION_REVIEW = "rectification_review", "核实、复查整改"
    RECTIFICATION_EXTEND = "rectification_extend", "同意延长整改期限"
    REMINDERS_SEND = "reminders_send", "发督促通知单"
    TIERS_SEE = "tiers_see", "看公布的等次"
    RESULTS_SEE = "results_see", "看得分和等次"
    RESULTS_EDIT = "results_edit", "计分，录入、告知、公布得分结果"
    RESULTS_APPROVE = "results_approve", "审核得分结果，登记审定"
    REVIEWS_SEE = "reviews_see", "看复核申诉"
    REVIEW_APPLY = "review_apply", "代表本单位申请复核申诉"
    REVIEW_DECIDE = "review_decide", "办理复核申诉"
    EVENTS_SEE = "events_see", "看加扣分事项"
    EVENTS_APPLY = "events_apply", "申报加分事项"
    EVENTS_EDIT = "events_edit", "登记、公示加扣分事项"
    EVENTS_SIGN = "events_sign", "签批加扣分事项"
    RATINGS_SEE = "ratings_see", "看评议和满足人数的结果"
    RATINGS_EDIT = "ratings_edit", "组织评议"
    RATINGS_VOTE = "ratings_vote", "代表本单位或本人评议"
    APPRAISALS_SEE = "appraisals_see", "看内部绩效季报"
    APPRAISALS_REPORT = "appraisals_report", "报本单位内部绩效季报"
    APPRAISALS_REVIEW = "appraisals_review", "核对内部绩效季报"
    CONSEQUENCES_SEE = "consequences_see", "看结果运用"
    CONSEQUENCES_EDIT = "consequences_edit", "开列结果运用名单"
    CONSEQUENCES_DECIDE = "consequences_decide", "决定涉及个人的结果运用"
    GRADES_OWN = "grades_own", "看自己的考核等次，签署意见，申请复核"
    GRADES_SEE = "grades_see", "看个人考核等次"
    GRADES_EDIT = "grades_edit", "提出本单位个人考核等次"
    GRADES_APPROVE = "grades_approve", "审定个人考核等次"
    BULLETINS_SEE = "bulletins_see", "看印发的通报"
    BULLETINS_EDIT = "bulletins_edit", "起草、印发通报"
    BULLETINS_APPROVE = "bulletins_approve", "签发通报"
    NOTICES_SEE = "notices_see", "看发给本单位的通知"
    NOTICES_SIGN = "notices_sign", "代表本单位签收通知"
    NOTICES_SEND = "notices_send", "给单位发通知"
    OPINIONS_WRITE = "opinions_write", "提意见建议"
    OPINIONS_ANSWER = "opinions_answer", "答复意见建议"
    ACCOUNTS_EDIT = "accounts_edit", "开设、停用账号"
    GRANTS_EDIT = "grants_edit", "授予、收回角色，解除锁定"
    AUDIT_SEE = "audit_see", "查看、核验、导出审计记录"


class Extent(TextChoices):
    """How far a role reaches."""

    COUNTY = "county", "全县"
    GROUP = "group", "本组"
    UNIT = "unit", "本单位"
    ITEM = "item", "本项目"


class Sphere(TextChoices):
    """Who holds a role of one sphere holds none of another (三员分立)."""

    BUSINESS = "business", "业务"
    SYSTEM = "system", "系统管理"
    SECURITY = "security", "安全管理"
    AUDIT = "audit", "审计管理"


class Role(TextChoices):
    """What a person is to the platform."""

    OFFICE_HEAD = "office_head", "县绩效办负责人"
    OFFICE = "office", "县绩效办工作人员"
    LEADER = "leader", "县领导"
    PERSONNEL = "personnel", "组织人社部门"
    ASSESSOR = "assessor", "评估员"
    GROUP_CONTACT = "group_contact", "组别联系人"
    ITEM_KEEPER = "item_keeper", "项目责任单位"
    UNIT_LEAD = "unit_lead", "单位绩效分管人"
    LIAISON = "liaison", "单位绩效联络员"
    CADRE = "cadre", "干部"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


@dataclass(frozen=True)
class Rule:
    """How far a role reaches, what it may do there, and to which sphere it belongs."""

    extent: Extent
    permissions: frozenset[Permission]
    sphere: Sphere = Sphere.BUSINESS


P = Permission
_EVERYBODY = {P.HOME, P.OWN_ACCOUNT, P.OPINIONS_WRITE}
_READERS = _EVERYBODY | {
    P.UNITS_SEE, P.SCHEMES_SEE, P.TIERS_SEE, P.NOTICES_SEE, P.BULLETINS_SEE, P.GRADES_OWN,
}  # fmt: skip
_SEES_YEAR = {
    P.RESULTS_SEE, P.REVIEWS_SEE, P.EVENTS_SEE, P.RATINGS_SEE, P.APPRAISALS_SEE, P.CONSEQUENCES_SEE,
}  # fmt: skip
"""What follows from the year's work: everywhere, or in the own unit or group."""
_OFFICE = _READERS | _SEES_YEAR | {
    P.UNITS_EDIT, P.PEOPLE_EDIT, P.DUTIES_EDIT, P.CONDITIONS_EDIT, P.CYCLES_EDIT,
    P.SCHEMES_EDIT, P.RESULTS_EDIT, P.OPINIONS_ANSWER, P.NOTICES_SEND,
    P.VISITS_SEE, P.VISITS_PLAN, P.VISITS_CORRECT, P.TIES_DECLARE, P.DATA_PROVIDE, P.RATERS_SEE,
    P.RECTIFICATION_SEE, P.RECTIFICATION_REVIEW, P.RECTIFICATION_EXTEND, P.REMINDERS_SEND,
    P.REVIEW_DECIDE, P.EVENTS_APPLY, P.EVENTS_EDIT, P.RATINGS_EDIT, P.APPRAISALS_REVIEW,
    P.CONSEQUENCES_EDIT, P.GRADES_SEE, P.BULLETINS_EDIT, P.ROUNDS_SUM_SEE,
}  # fmt: skip
_OWN_UNIT = _READERS | _SEES_YEAR | {
    P.DUTIES_EDIT, P.CONDITIONS_EDIT, P.VISITS_SEE, P.RECTIFICATION_SEE,
}  # fmt: skip
_ANSWERS = _OWN_UNIT | {
    P.NOTICES_SIGN, P.VISITS_CONFIRM, P.SELF_MARK, P.RECTIFY, P.REVIEW_APPLY, P.EVENTS_APPLY,
    P.RATINGS_VOTE, P.APPRAISALS_REPORT, P.GRADES_SEE, P.GRADES_EDIT,
}  # fmt: skip
_ASSESSOR = _READERS | {
    P.VISITS_SEE, P.VISITS_RECORD, P.TIES_DECLARE, P.RECTIFICATION_SEE, P.RECTIFICATION_REVIEW,
}  # fmt: skip

ROLES: dict[Role, Rule] = {
    Role.OFFICE_HEAD: Rule(
        Extent.COUNTY,
        frozenset(
            _OFFICE
            | {P.SCHEMES_APPROVE, P.RATERS_ADJUST, P.RESULTS_APPROVE, P.EVENTS_SIGN}
            | {P.BULLETINS_APPROVE}
        ),
    ),
    Role.OFFICE: Rule(Extent.COUNTY, frozenset(_OFFICE)),
    Role.LEADER: Rule(
        Extent.COUNTY,
        frozenset(
            _READERS
            | _SEES_YEAR
            | {P.VISITS_SEE, P.ROUNDS_SUM_SEE, P.RECTIFICATION_SEE, P.EVENTS_SIGN}
            | {P.RATINGS_VOTE}
        ),
    ),
    Role.PERSONNEL: Rule(
        Extent.COUNTY,
        frozenset(
            (_READERS - {P.NOTICES_SEE})
            | {P.RESULTS_SEE, P.CONSEQUENCES_SEE, P.CONSEQUENCES_DECIDE}
            | {P.GRADES_SEE, P.GRADES_APPROVE}
        ),
    ),
    Role.ASSESSOR: Rule(Extent.COUNTY, frozenset(_ASSESSOR)),
    Role.GROUP_CONTACT: Rule(Extent.GROUP, frozenset(_OWN_UNIT)),
    Role.ITEM_KEEPER: Rule(Extent.ITEM, frozenset(_READERS | {P.DATA_PROVIDE})),
    Role.UNIT_LEAD: Rule(Extent.UNIT, frozenset(_ANSWERS)),
    Role.LIAISON: Rule(Extent.UNIT, frozenset(_ANSWERS)),
    Role.CADRE: Rule(Extent.UNIT, frozenset(_READERS)),
    Role.SYSTEM_ADMIN: Rule(
        Extent.COUNTY, frozenset(_EVERYBODY | {P.UNITS_SEE, P.ACCOUNTS_EDIT}), Sphere.SYSTEM
    ),
    Role.SECURITY_ADMIN: Rule(
        Extent.COUNTY, frozenset(_EVERYBODY | {P.UNITS_SEE, P.GRANTS_EDIT}), Sphere.SECURITY
    ),
    Role.AUDIT_ADMIN: Rule(Extent.COUNTY, frozenset(_EVERYBODY | {P.AUDIT_SEE}), Sphere.AUDIT),
}

EVERYWHERE: frozenset[Permission] = frozenset({
    P.HOME, P.OWN_ACCOUNT, P.UNITS_SEE, P.SCHEMES_SEE, P.TIERS_SEE, P.OPINIONS_WRITE, P.GRADES_OWN,
})  # fmt: skip
"""Public inside the county, or one's own wherever it lies: who holds these anywhere holds them everywhere."""

SIGNED_IN: frozenset[Permission] = frozenset(_EVERYBODY)
"""Held by whoever has an account, also before the first role is granted."""
