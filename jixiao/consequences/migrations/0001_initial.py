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
        ("schemes", "0002_frozen_when_published"),
    ]

    operations = [
        migrations.CreateModel(
            name="Measure",
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
                            ("unit_honour", "基层单位评优资格"),
                            ("honour", "个人评先资格"),
                            ("quota", "个人优秀名额"),
                            ("coefficient", "奖金系数"),
                            ("selection", "干部选拔任用参考"),
                            ("sanction", "问责和组织措施建议"),
                            ("other", "其他措施"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("rule", models.TextField(max_length=8000, verbose_name="规则")),
                ("document", models.CharField(max_length=60, verbose_name="文号")),
                ("since", models.DateField(verbose_name="施行日期")),
                ("until", models.DateField(null=True, verbose_name="施行到")),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "待批准"), ("in_force", "施行"), ("ended", "停止施行")],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "written_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="起草时间"
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True, verbose_name="批准时间")),
                ("ended_at", models.DateTimeField(null=True, verbose_name="停止时间")),
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
                        verbose_name="谁核准",
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁停止",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="measures",
                        to="schemes.schemeline",
                        verbose_name="哪个办法",
                    ),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁起草",
                    ),
                ),
            ],
            options={
                "verbose_name": "结果运用规定",
                "verbose_name_plural": "结果运用规定",
                "ordering": ["-state", "-since", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "unit_honour",
                                    "honour",
                                    "quota",
                                    "coefficient",
                                    "selection",
                                    "sanction",
                                    "other",
                                ],
                            )
                        ),
                        name="measure_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["draft", "in_force", "ended"])),
                        name="measure_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="measure_days",
                        violation_error_message="止日不能早于起日",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", False), ("approved_by__isnull", False)
                            ),
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="measure_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                            models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="measure_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("name", ""), _negated=True),
                            models.Q(("rule", ""), _negated=True),
                            models.Q(("document", ""), _negated=True),
                        ),
                        name="measure_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "in_force"), _negated=True),
                            ("approved_at__isnull", False),
                            _connector="OR",
                        ),
                        name="measure_state_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", False), ("state", "ended")),
                            models.Q(
                                models.Q(("state", "ended"), _negated=True),
                                ("ended_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="measure_state_ended",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("written_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="measure_two_people",
                        violation_error_message="起草和核准要由两个人办理",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Listing",
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
                            ("unit_honour", "基层单位评优资格"),
                            ("honour", "个人评先资格"),
                            ("quota", "个人优秀名额"),
                            ("coefficient", "奖金系数"),
                            ("selection", "干部选拔任用参考"),
                            ("sanction", "问责和组织措施建议"),
                            ("other", "其他措施"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                ("words", models.TextField(verbose_name="条件")),
                ("basis", models.CharField(blank=True, max_length=300, verbose_name="依据")),
                ("counted_on", models.DateField(verbose_name="问题数到哪天")),
                (
                    "state",
                    models.CharField(
                        choices=[("in_force", "有效"), ("superseded", "被取代")],
                        default="in_force",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "drawn_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="开列时间"
                    ),
                ),
                (
                    "amount",
                    models.DecimalField(
                        decimal_places=2, max_digits=12, null=True, verbose_name="每系数金额（元）"
                    ),
                ),
                (
                    "amount_document",
                    models.CharField(blank=True, max_length=60, verbose_name="金额依据文号"),
                ),
                ("amount_at", models.DateTimeField(null=True, verbose_name="录入金额时间")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "amount_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁录入金额",
                    ),
                ),
                (
                    "drawn_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁开列",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="consequences.listing",
                        verbose_name="被哪份取代",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listings",
                        to="results.sealedresult",
                        verbose_name="结果",
                    ),
                ),
                (
                    "measure",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="listings",
                        to="consequences.measure",
                        verbose_name="结果运用规定",
                    ),
                ),
            ],
            options={
                "verbose_name": "结果运用名单",
                "verbose_name_plural": "结果运用名单",
                "ordering": ["-result__year", "-result_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "unit_honour",
                                    "honour",
                                    "quota",
                                    "coefficient",
                                    "selection",
                                    "sanction",
                                    "other",
                                ],
                            )
                        ),
                        name="listing_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["in_force", "superseded"])),
                        name="listing_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("amount__isnull", False),
                                ("amount_at__isnull", False),
                                ("amount_by__isnull", False),
                            ),
                            models.Q(
                                ("amount__isnull", True),
                                ("amount_at__isnull", True),
                                ("amount_by__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="listing_amount",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("amount__isnull", True),
                            models.Q(
                                ("amount__gt", 0),
                                ("kind", "coefficient"),
                                models.Q(("amount_document", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="listing_amount_document",
                        violation_error_message="金额大于0，写明文号，只用于奖金系数",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_force")),
                        fields=("result", "name"),
                        name="listing_once",
                        violation_error_message="这次结果的这份名单已经开列",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("replaced_by", None), ("state", "superseded"), _connector="OR"
                        ),
                        name="listing_replaced",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ListedUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("reason", models.TextField(verbose_name="理由")),
                (
                    "rate",
                    models.DecimalField(
                        decimal_places=8, max_digits=14, null=True, verbose_name="比例或系数"
                    ),
                ),
                (
                    "people",
                    models.DecimalField(
                        decimal_places=4, max_digits=12, null=True, verbose_name="人数"
                    ),
                ),
                ("places", models.PositiveIntegerField(null=True, verbose_name="名额")),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="results.resultunit",
                        verbose_name="哪份成绩单",
                    ),
                ),
                (
                    "listing",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="entries",
                        to="consequences.listing",
                        verbose_name="名单",
                    ),
                ),
            ],
            options={
                "verbose_name": "结果运用名单中的单位",
                "verbose_name_plural": "结果运用名单中的单位",
                "ordering": ["listing", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("listing", "part"), name="entry_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="entry_reason"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("places", None),
                            models.Q(
                                ("people__isnull", False),
                                ("places__lte", models.F("people")),
                                ("rate__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="entry_places",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PersonalDecision",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("post", models.CharField(max_length=120, verbose_name="职务和分工")),
                ("proposal", models.CharField(max_length=300, verbose_name="拟如何")),
                (
                    "proposed_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="提出时间"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待决定"),
                            ("applied", "适用"),
                            ("declined", "不适用"),
                            ("postponed", "暂缓"),
                            ("withdrawn", "撤回提出"),
                        ],
                        default="waiting",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "reason",
                    models.TextField(blank=True, max_length=1000, verbose_name="决定的理由"),
                ),
                ("decided_at", models.DateTimeField(null=True, verbose_name="决定时间")),
                ("flagged_at", models.DateTimeField(null=True, verbose_name="依据变动时间")),
                ("before", models.TextField(blank=True, verbose_name="原来的依据")),
                ("after", models.TextField(blank=True, verbose_name="现在的依据")),
                ("told_at", models.DateTimeField(null=True, verbose_name="告知本人时间")),
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
                        verbose_name="谁决定",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="decisions",
                        to="consequences.listedunit",
                        verbose_name="依据哪一条",
                    ),
                ),
                (
                    "flagged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁开列了新名单",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consequences",
                        to="org.person",
                        verbose_name="人员",
                    ),
                ),
                (
                    "proposed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁提出",
                    ),
                ),
                (
                    "told_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁告知",
                    ),
                ),
            ],
            options={
                "verbose_name": "涉及个人的决定",
                "verbose_name_plural": "涉及个人的决定",
                "ordering": ["proposed_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                ["waiting", "applied", "declined", "postponed", "withdrawn"],
                            )
                        ),
                        name="decision_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                            models.Q(("decided_at__isnull", True), ("decided_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="decision_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("flagged_at__isnull", False), ("flagged_by__isnull", False)),
                            models.Q(("flagged_at__isnull", True), ("flagged_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="decision_flagged",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("told_at__isnull", False), ("told_by__isnull", False)),
                            models.Q(("told_at__isnull", True), ("told_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="decision_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("proposal", ""), _negated=True),
                        name="decision_proposal",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("decided_at__isnull", False),
                                ("state__in", ("applied", "declined", "postponed")),
                                models.Q(("reason", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("applied", "declined", "postponed")),
                                    _negated=True,
                                ),
                                ("decided_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="decision_state_decided",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_at__isnull", True),
                            ("decided_at__isnull", False),
                            _connector="OR",
                        ),
                        name="decision_state_told",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("flagged_at__isnull", True),
                            models.Q(
                                models.Q(("before", ""), _negated=True),
                                models.Q(("after", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="decision_flag_words",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decided_by", None),
                            models.Q(("decided_by", models.F("proposed_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="decision_two_people",
                        violation_error_message="提出和决定要由两个人办理",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("state__in", ("waiting", "applied", "declined", "postponed"))
                        ),
                        fields=("entry", "person"),
                        name="decision_once",
                        violation_error_message="依据这一条，此人的事项已经提出",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DecisionStep",
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
                            ("propose", "提出"),
                            ("decide", "决定"),
                            ("again", "重新决定"),
                            ("flag", "依据已变"),
                            ("tell", "告知本人"),
                            ("withdraw", "撤回提出"),
                        ],
                        max_length=10,
                        verbose_name="办理",
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=2000, verbose_name="说明")),
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
                    "decision",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="consequences.personaldecision",
                        verbose_name="涉及个人的决定",
                    ),
                ),
            ],
            options={
                "verbose_name": "涉及个人的决定办理经过",
                "verbose_name_plural": "涉及个人的决定办理经过",
                "ordering": ["decision_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__in", ["propose", "decide", "again", "flag", "tell", "withdraw"])
                        ),
                        name="decision_step_kind",
                    )
                ],
            },
        ),
    ]
