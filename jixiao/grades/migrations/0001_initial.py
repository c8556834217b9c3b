import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "__first__"),
        ("org", "0001_initial"),
        ("results", "0005_states_hold"),
    ]

    operations = [
        migrations.CreateModel(
            name="Campaign",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("routine", "平时考核"),
                            ("special", "专项考核"),
                            ("annual", "年度考核"),
                        ],
                        max_length=10,
                        verbose_name="考核类别",
                    ),
                ),
                ("period", models.CharField(max_length=20, verbose_name="考核期")),
                (
                    "category",
                    models.CharField(
                        choices=[("civil", "公务员"), ("staff", "事业单位工作人员")],
                        max_length=6,
                        verbose_name="人员类别",
                    ),
                ),
                ("on", models.DateField(verbose_name="人员基准日")),
                ("due_on", models.DateField(verbose_name="报送期限")),
                ("document", models.CharField(blank=True, max_length=60, verbose_name="依据文件")),
                ("share", models.PositiveIntegerField(verbose_name="一般比例")),
                ("most", models.PositiveIntegerField(verbose_name="未经批准的上限")),
                ("cap", models.PositiveIntegerField(verbose_name="经批准的上限")),
                (
                    "rate_name",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="按单位等次定比例的事项"
                    ),
                ),
                (
                    "rounding",
                    models.CharField(
                        choices=[
                            ("floor", "不足1名的舍去"),
                            ("half_up", "四舍五入"),
                            ("ceil", "不足1名的进为1名"),
                        ],
                        default="floor",
                        max_length=8,
                        verbose_name="取整",
                    ),
                ),
                (
                    "counts_ungraded",
                    models.BooleanField(default=True, verbose_name="不定等次的人计入基数"),
                ),
                (
                    "notice_workdays",
                    models.PositiveSmallIntegerField(default=5, verbose_name="公示工作日"),
                ),
                (
                    "routine_rule",
                    models.CharField(
                        choices=[
                            ("must", "不符合的不能报送"),
                            ("warn", "不符合的提醒，由人判断"),
                            ("off", "不核对"),
                        ],
                        default="warn",
                        max_length=5,
                        verbose_name="平时考核的作用",
                    ),
                ),
                (
                    "good_least",
                    models.PositiveSmallIntegerField(default=2, verbose_name="至少几次好"),
                ),
                (
                    "review_days",
                    models.PositiveSmallIntegerField(
                        default=30, verbose_name="最低等次申请复核天数"
                    ),
                ),
                (
                    "other_days",
                    models.PositiveSmallIntegerField(
                        default=0, verbose_name="其他等次申请复核天数"
                    ),
                ),
                (
                    "decide_days",
                    models.PositiveSmallIntegerField(default=30, verbose_name="复核决定天数"),
                ),
                (
                    "appeal_days",
                    models.PositiveSmallIntegerField(default=15, verbose_name="申诉天数"),
                ),
                (
                    "appeal_decide_days",
                    models.PositiveSmallIntegerField(default=60, verbose_name="申诉决定天数"),
                ),
                (
                    "opened_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="布置时间"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "opened_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁布置",
                    ),
                ),
            ],
            options={
                "verbose_name": "个人考核",
                "verbose_name_plural": "个人考核",
                "ordering": ["-year", "-on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["routine", "special", "annual"])),
                        name="campaign_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("category__in", ["civil", "staff"])),
                        name="campaign_category",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("rounding__in", ["floor", "half_up", "ceil"])),
                        name="campaign_rounding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("routine_rule__in", ["must", "warn", "off"])),
                        name="campaign_routine_rule",
                    ),
                    models.UniqueConstraint(
                        fields=("year", "kind", "period", "category"),
                        name="campaign_once",
                        violation_error_message="这一期的考核已经布置过",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cap__lte", 10000),
                            ("most__lte", models.F("cap")),
                            ("share__lte", models.F("most")),
                        ),
                        name="campaign_shares",
                        violation_error_message="一般比例不高于未经批准的上限，后者不高于经批准的上限",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitTable",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("drafting", "填报中"),
                            ("submitted", "待审核"),
                            ("public", "公示中"),
                            ("approved", "已审定，待告知"),
                            ("notified", "已告知，待签收"),
                            ("closed", "已办结"),
                        ],
                        default="drafting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("raised", models.PositiveIntegerField(null=True, verbose_name="经批准的比例")),
                (
                    "raised_document",
                    models.CharField(blank=True, max_length=60, verbose_name="批准提高比例的文号"),
                ),
                (
                    "base",
                    models.PositiveSmallIntegerField(null=True, verbose_name="报送时应参加人数"),
                ),
                ("rate", models.CharField(blank=True, max_length=20, verbose_name="报送时比例")),
                (
                    "basis",
                    models.CharField(blank=True, max_length=300, verbose_name="报送时比例的由来"),
                ),
                ("places", models.PositiveSmallIntegerField(null=True, verbose_name="报送时名额")),
                ("submitted_at", models.DateTimeField(null=True, verbose_name="报送时间")),
                ("notice_from", models.DateField(null=True, verbose_name="公示起")),
                ("notice_until", models.DateField(null=True, verbose_name="公示止")),
                ("approved_at", models.DateTimeField(null=True, verbose_name="审定时间")),
                ("document", models.CharField(blank=True, max_length=60, verbose_name="审定依据")),
                ("notified_at", models.DateTimeField(null=True, verbose_name="告知时间")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "approved_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁审定",
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="tables",
                        to="grades.campaign",
                        verbose_name="哪次考核",
                    ),
                ),
                (
                    "notified_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁告知",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="results.sealedresult",
                        verbose_name="名额取自哪次结果",
                    ),
                ),
                (
                    "submitted_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁报送",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grade_tables",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位考核表",
                "verbose_name_plural": "单位考核表",
                "ordering": ["campaign", "unit__order", "unit_id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "drafting",
                                    "submitted",
                                    "public",
                                    "approved",
                                    "notified",
                                    "closed",
                                ],
                            )
                        ),
                        name="gtable_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("submitted_at__isnull", False), ("submitted_by__isnull", False)
                            ),
                            models.Q(
                                ("submitted_at__isnull", True), ("submitted_by__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="gtable_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", False), ("approved_by__isnull", False)
                            ),
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="gtable_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("notified_at__isnull", False), ("notified_by__isnull", False)
                            ),
                            models.Q(("notified_at__isnull", True), ("notified_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="gtable_notified",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("notice_from__isnull", False), ("notice_until__isnull", False)
                            ),
                            models.Q(("notice_from__isnull", True), ("notice_until__isnull", True)),
                            _connector="OR",
                        ),
                        name="gtable_notice",
                    ),
                    models.UniqueConstraint(fields=("campaign", "unit"), name="gtable_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                (
                                    "state__in",
                                    ("submitted", "public", "approved", "notified", "closed"),
                                ),
                                _negated=True,
                            ),
                            models.Q(
                                ("base__isnull", False),
                                ("places__isnull", False),
                                ("submitted_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="gtable_state_submitted",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "public"), _negated=True),
                            ("notice_until__isnull", False),
                            _connector="OR",
                        ),
                        name="gtable_state_public",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", False),
                                ("state__in", ("approved", "notified", "closed")),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("approved", "notified", "closed")), _negated=True
                                ),
                                ("approved_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="gtable_state_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("submitted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="gtable_two_people",
                        violation_error_message="报送和审定要由两个人办理",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("raised__isnull", True), ("raised_document", "")),
                            models.Q(
                                ("raised__isnull", False),
                                models.Q(("raised_document", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="gtable_raised",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Grade",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("post", models.CharField(max_length=110, verbose_name="当时的职务")),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("graded", "定等次"),
                            ("probation", "不定等次：试用期"),
                            ("absent", "不定等次：病事假累计超过半年"),
                            ("inquiry", "不定等次：立案审查调查中"),
                            ("seconded", "由接收单位提出：挂职、抽调、援派"),
                            ("above", "由组织部门确定"),
                            ("moved", "不参加：已调出，由新单位考核"),
                            ("outside", "不参加：不在本次考核范围"),
                        ],
                        default="graded",
                        max_length=10,
                        verbose_name="参加情况",
                    ),
                ),
                (
                    "proposed",
                    models.CharField(blank=True, max_length=10, verbose_name="提出的等次"),
                ),
                ("comment", models.CharField(blank=True, max_length=500, verbose_name="评语")),
                ("proposed_at", models.DateTimeField(null=True, verbose_name="提出时间")),
                ("final", models.CharField(blank=True, max_length=10, verbose_name="确定的等次")),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="确定的理由")),
                ("decided_at", models.DateTimeField(null=True, verbose_name="确定时间")),
                ("salt", models.CharField(blank=True, max_length=32, verbose_name="摘要的随机数")),
                (
                    "digest",
                    models.CharField(blank=True, max_length=80, verbose_name="确定时的摘要"),
                ),
                ("apply_until", models.DateField(null=True, verbose_name="申请复核截止")),
                (
                    "signature",
                    models.CharField(
                        choices=[
                            ("none", "还没有签"),
                            ("agrees", "同意"),
                            ("disagrees", "有不同意见"),
                            ("refused", "没有签字，有见证"),
                        ],
                        default="none",
                        max_length=10,
                        verbose_name="签收",
                    ),
                ),
                ("is_on_paper", models.BooleanField(default=False, verbose_name="在纸上签的")),
                ("opinion", models.CharField(blank=True, max_length=500, verbose_name="本人意见")),
                (
                    "witness",
                    models.CharField(blank=True, max_length=200, verbose_name="见证人和情况"),
                ),
                ("signed_at", models.DateTimeField(null=True, verbose_name="签收时间")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁确定",
                    ),
                ),
                (
                    "host",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="接收单位",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grades",
                        to="org.person",
                        verbose_name="人员",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁提出",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁签、谁登记",
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="grades",
                        to="grades.unittable",
                        verbose_name="单位考核表",
                    ),
                ),
            ],
            options={
                "verbose_name": "个人等次",
                "verbose_name_plural": "个人等次",
                "ordering": ["table", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "standing__in",
                                [
                                    "graded",
                                    "probation",
                                    "absent",
                                    "inquiry",
                                    "seconded",
                                    "above",
                                    "moved",
                                    "outside",
                                ],
                            )
                        ),
                        name="grade_standing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signature__in", ["none", "agrees", "disagrees", "refused"])
                        ),
                        name="grade_signature",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("proposed_at__isnull", False), ("proposed_by__isnull", False)
                            ),
                            models.Q(("proposed_at__isnull", True), ("proposed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="grade_proposed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="grade_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", False), ("signed_by__isnull", False)),
                            models.Q(("signed_at__isnull", True), ("signed_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="grade_signed",
                    ),
                    models.UniqueConstraint(fields=("table", "person"), name="grade_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("final", ""),
                            models.Q(
                                ("decided_at__isnull", False),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="grade_final",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("host__isnull", False), ("standing", "seconded")),
                            models.Q(
                                models.Q(("standing", "seconded"), _negated=True),
                                ("host__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="grade_host",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("standing__in", ("graded", "seconded", "above")),
                            models.Q(("final", ""), ("proposed", "")),
                            _connector="OR",
                        ),
                        name="grade_ungraded",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signature", "none"), ("signed_at__isnull", True)),
                            models.Q(
                                models.Q(("signature", "none"), _negated=True),
                                ("signed_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="grade_signature_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signature", "refused"), _negated=True),
                            models.Q(("witness", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="grade_refused",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signature", "disagrees"), _negated=True),
                            models.Q(("opinion", ""), _negated=True),
                            ("is_on_paper", True),
                            _connector="OR",
                        ),
                        name="grade_disagrees",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TableStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("open", "开始填报"),
                            ("submit", "报送审核"),
                            ("send_back", "退回单位"),
                            ("publicize", "同意公示"),
                            ("approve", "审定等次"),
                            ("notify", "书面告知本人"),
                            ("close", "办结归档"),
                            ("raise", "批准提高比例"),
                            ("keep", "看过名额变化，等次不变"),
                        ],
                        max_length=10,
                        verbose_name="办理",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                (
                    "taken_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="办理时间"
                    ),
                ),
                (
                    "taken_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁办的",
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="grades.unittable",
                        verbose_name="单位考核表",
                    ),
                ),
            ],
            options={
                "verbose_name": "考核表办理经过",
                "verbose_name_plural": "考核表办理经过",
                "ordering": ["table", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "open",
                                    "submit",
                                    "send_back",
                                    "publicize",
                                    "approve",
                                    "notify",
                                    "close",
                                    "raise",
                                    "keep",
                                ],
                            )
                        ),
                        name="gstep_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", models.TextField(max_length=1000, verbose_name="反映的情况")),
                (
                    "said_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="反映时间"
                    ),
                ),
                ("finding", models.TextField(blank=True, max_length=1000, verbose_name="核实情况")),
                ("settled_at", models.DateTimeField(null=True, verbose_name="核实时间")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁反映",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁核实",
                    ),
                ),
                (
                    "table",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="grades.unittable",
                        verbose_name="单位考核表",
                    ),
                ),
            ],
            options={
                "verbose_name": "公示期反映",
                "verbose_name_plural": "公示期反映",
                "ordering": ["table", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("settled_at__isnull", False), ("settled_by__isnull", False)),
                            models.Q(("settled_at__isnull", True), ("settled_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="objection_settled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), _negated=True), name="objection_text"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_at__isnull", True),
                            models.Q(("finding", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="objection_finding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("settled_by", None),
                            models.Q(("settled_by", models.F("said_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="objection_two_people",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="GradeReview",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("review", "复核"), ("appeal", "申诉")],
                        max_length=8,
                        verbose_name="类别",
                    ),
                ),
                ("claim", models.TextField(max_length=2000, verbose_name="理由")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "办理中"),
                            ("changed", "改定等次"),
                            ("kept", "维持"),
                            ("withdrawn", "本人撤回"),
                        ],
                        default="open",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                ("due_on", models.DateField(verbose_name="决定期限")),
                (
                    "applied_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="申请时间"
                    ),
                ),
                ("before", models.CharField(max_length=10, verbose_name="原等次")),
                ("after", models.CharField(blank=True, max_length=10, verbose_name="改定的等次")),
                (
                    "decision",
                    models.TextField(blank=True, max_length=2000, verbose_name="决定和理由"),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="决定时间")),
                ("appeal_until", models.DateField(null=True, verbose_name="申诉截止")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "applied_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁申请",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁决定",
                    ),
                ),
                (
                    "grade",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reviews",
                        to="grades.grade",
                        verbose_name="个人等次",
                    ),
                ),
            ],
            options={
                "verbose_name": "个人等次复核申诉",
                "verbose_name_plural": "个人等次复核申诉",
                "ordering": ["-applied_at", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["review", "appeal"])), name="greview_kind"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["open", "changed", "kept", "withdrawn"])),
                        name="greview_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="greview_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("claim", ""), _negated=True), name="greview_claim"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state__in", ("changed", "kept")),
                                models.Q(("decision", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("state__in", ("changed", "kept")), _negated=True),
                                ("decided_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="greview_state_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "changed"), models.Q(("after", ""), _negated=True)),
                            models.Q(models.Q(("state", "changed"), _negated=True), ("after", "")),
                            _connector="OR",
                        ),
                        name="greview_after",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("applied_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="greview_two_people",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")),
                        fields=("grade",),
                        name="greview_open_once",
                        violation_error_message="您的申请正在办理",
                    ),
                ],
            },
        ),
    ]
