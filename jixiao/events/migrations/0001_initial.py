from decimal import Decimal

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "__first__"),
        ("org", "0001_initial"),
        ("schemes", "0002_frozen_when_published"),
    ]

    operations = [
        migrations.CreateModel(
            name="Matter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=20, verbose_name="项目编码")),
                ("item", models.CharField(max_length=60, verbose_name="项目")),
                ("matter", models.CharField(max_length=120, verbose_name="事项")),
                ("level", models.CharField(max_length=120, verbose_name="级别")),
                ("grade", models.CharField(blank=True, max_length=60, verbose_name="等次")),
                (
                    "times",
                    models.DecimalField(
                        decimal_places=2, default=Decimal("1"), max_digits=8, verbose_name="次数"
                    ),
                ),
                (
                    "share",
                    models.DecimalField(
                        decimal_places=4,
                        default=Decimal("1"),
                        max_digits=5,
                        verbose_name="分担比例",
                    ),
                ),
                ("on", models.DateField(null=True, verbose_name="日期")),
                ("document", models.CharField(blank=True, max_length=80, verbose_name="文号")),
                ("round", models.CharField(blank=True, max_length=20, verbose_name="轮次")),
                ("is_penalty", models.BooleanField(default=False, verbose_name="扣分")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("applied", "待核对"),
                            ("checked", "已核对"),
                            ("noticed", "公示"),
                            ("signed", "已签批"),
                            ("rejected", "不予计入"),
                            ("withdrawn", "已撤回"),
                        ],
                        default="applied",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "applied_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="申报时间"
                    ),
                ),
                ("checked_at", models.DateTimeField(null=True, verbose_name="核对时间")),
                ("notice_from", models.DateField(null=True, verbose_name="公示起")),
                ("notice_until", models.DateField(null=True, verbose_name="公示止")),
                (
                    "notice_days",
                    models.PositiveSmallIntegerField(default=0, verbose_name="公示天数"),
                ),
                ("noticed_at", models.DateTimeField(null=True, verbose_name="公示时间")),
                ("signer", models.CharField(blank=True, max_length=40, verbose_name="签批人")),
                ("signed_on", models.DateField(null=True, verbose_name="签批日期")),
                (
                    "sign_document",
                    models.CharField(blank=True, max_length=80, verbose_name="签批件"),
                ),
                ("signed_at", models.DateTimeField(null=True, verbose_name="签批登记时间")),
                ("restored_at", models.DateTimeField(null=True, verbose_name="整改到位时间")),
                ("reason", models.TextField(blank=True, max_length=300, verbose_name="不计的理由")),
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
                        verbose_name="谁申报、登记",
                    ),
                ),
                (
                    "checked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁核对",
                    ),
                ),
                (
                    "noticed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁公示",
                    ),
                ),
                (
                    "restored_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁认定整改到位",
                    ),
                ),
                (
                    "signed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁签批、登记签批",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
                (
                    "version_of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="matters",
                        to="schemes.schemeversion",
                        verbose_name="办法版本",
                    ),
                ),
            ],
            options={
                "verbose_name": "加扣分事项",
                "verbose_name_plural": "加扣分事项",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "applied",
                                    "checked",
                                    "noticed",
                                    "signed",
                                    "rejected",
                                    "withdrawn",
                                ],
                            )
                        ),
                        name="matter_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("checked_at__isnull", False), ("checked_by__isnull", False)),
                            models.Q(("checked_at__isnull", True), ("checked_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="matter_checked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("noticed_at__isnull", False),
                                ("noticed_by__isnull", False),
                                ("notice_from__isnull", False),
                                ("notice_until__isnull", False),
                            ),
                            models.Q(
                                ("noticed_at__isnull", True),
                                ("noticed_by__isnull", True),
                                ("notice_from__isnull", True),
                                ("notice_until__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="matter_noticed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("notice_until__isnull", True),
                            ("notice_until__gte", models.F("notice_from")),
                            _connector="OR",
                        ),
                        name="matter_notice_days",
                        violation_error_message="止日不能早于起日",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("signed_at__isnull", False),
                                ("signed_by__isnull", False),
                                ("signed_on__isnull", False),
                            ),
                            models.Q(
                                ("signed_at__isnull", True),
                                ("signed_by__isnull", True),
                                ("signed_on__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="matter_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("restored_at__isnull", False), ("restored_by__isnull", False)
                            ),
                            models.Q(("restored_at__isnull", True), ("restored_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="matter_restored",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("matter", ""), _negated=True),
                            models.Q(("level", ""), _negated=True),
                            models.Q(("code", ""), _negated=True),
                        ),
                        name="matter_said",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("share__gt", 0), ("share__lte", 1), ("times__gt", 0)),
                        name="matter_portions",
                        violation_error_message="次数要大于0，分担比例在0到1之间",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("checked_at__isnull", False),
                                ("state__in", ("checked", "noticed", "signed")),
                            ),
                            models.Q(("checked_at__isnull", True), ("state", "applied")),
                            ("state__in", ("rejected", "withdrawn")),
                            _connector="OR",
                        ),
                        name="matter_state_checked",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "noticed"), _negated=True),
                            ("noticed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="matter_state_noticed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "signed"), _negated=True),
                            ("signed_at__isnull", False),
                            _connector="OR",
                        ),
                        name="matter_state_signed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("signed_at__isnull", True), ("signer", "")),
                            models.Q(
                                ("signed_at__isnull", False),
                                models.Q(("signer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="matter_signer",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ("rejected", "withdrawn")), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="matter_state_over",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("checked_by", None),
                            models.Q(("checked_by", models.F("applied_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="matter_two_check",
                        violation_error_message="申报和核对要由两个人办理",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("signed_by", None),
                            models.Q(("signed_by", models.F("checked_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="matter_two_sign",
                        violation_error_message="核对和签批要由两个人办理",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to="加扣分/", verbose_name="文件")),
                ("name", models.CharField(max_length=120, verbose_name="文件名")),
                ("media", models.CharField(max_length=80, verbose_name="类型")),
                ("size", models.PositiveIntegerField(verbose_name="大小")),
                ("digest", models.CharField(max_length=80, verbose_name="摘要")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="events.matter",
                        verbose_name="加扣分事项",
                    ),
                ),
            ],
            options={
                "verbose_name": "加扣分材料",
                "verbose_name_plural": "加扣分材料",
                "ordering": ["matter_id", "id"],
            },
        ),
        migrations.CreateModel(
            name="MatterStep",
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
                            ("apply", "申报、登记"),
                            ("change", "更正内容"),
                            ("check", "核对属实"),
                            ("notice", "公示"),
                            ("sign", "签批"),
                            ("file_sign", "登记纸质签批"),
                            ("send_back", "退回更正"),
                            ("reject", "不予计入"),
                            ("withdraw", "撤回"),
                            ("answer", "单位说明"),
                            ("restore", "整改到位"),
                        ],
                        max_length=10,
                        verbose_name="办理",
                    ),
                ),
                ("text", models.TextField(blank=True, max_length=500, verbose_name="说明")),
                (
                    "taken_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="办理时间"
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="events.matter",
                        verbose_name="加扣分事项",
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
            ],
            options={
                "verbose_name": "加扣分经过",
                "verbose_name_plural": "加扣分经过",
                "ordering": ["matter_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "apply",
                                    "change",
                                    "check",
                                    "notice",
                                    "sign",
                                    "file_sign",
                                    "send_back",
                                    "reject",
                                    "withdraw",
                                    "answer",
                                    "restore",
                                ],
                            )
                        ),
                        name="matter_step_kind",
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
                ("who", models.CharField(max_length=60, verbose_name="署名或盖章单位")),
                ("text", models.TextField(max_length=500, verbose_name="异议")),
                (
                    "raised_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="提出时间"
                    ),
                ),
                ("answer", models.TextField(blank=True, max_length=500, verbose_name="答复")),
                ("is_upheld", models.BooleanField(default=False, verbose_name="异议成立")),
                ("answered_at", models.DateTimeField(null=True, verbose_name="答复时间")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "answered_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁答复",
                    ),
                ),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="objections",
                        to="events.matter",
                        verbose_name="加扣分事项",
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁提出、登记",
                    ),
                ),
            ],
            options={
                "verbose_name": "公示异议",
                "verbose_name_plural": "公示异议",
                "ordering": ["matter_id", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answered_at__isnull", False), ("answered_by__isnull", False)
                            ),
                            models.Q(("answered_at__isnull", True), ("answered_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="objection_answered",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("text", ""), _negated=True),
                            models.Q(("who", ""), _negated=True),
                        ),
                        name="objection_said",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("answer", ""), ("answered_at__isnull", True), ("is_upheld", False)
                            ),
                            models.Q(
                                ("answered_at__isnull", False),
                                models.Q(("answer", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="objection_answer",
                    ),
                ],
            },
        ),
    ]
