import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "__first__"),
        ("appraisals", "0001_initial"),
        ("notices", "0001_initial"),
        ("org", "0001_initial"),
        ("results", "0005_states_hold"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bulletin",
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
                            ("annual", "年度通报"),
                            ("half", "半年通报"),
                            ("quarter", "季度通报"),
                            ("topic", "专题通报"),
                        ],
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                ("title", models.CharField(max_length=200, verbose_name="标题")),
                ("content", models.TextField(verbose_name="内容")),
                ("printed", models.TextField(blank=True, verbose_name="签发的文本")),
                ("digest", models.CharField(max_length=80, verbose_name="内容摘要")),
                ("limit", models.PositiveIntegerField(verbose_name="字数上限")),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("unit", "只发有关单位"),
                            ("group", "本组"),
                            ("county", "全县"),
                            ("public", "向社会公开"),
                        ],
                        default="county",
                        max_length=10,
                        verbose_name="公布范围",
                    ),
                ),
                ("group", models.CharField(blank=True, max_length=30, verbose_name="哪一组")),
                ("with_marks", models.BooleanField(default=False, verbose_name="公布得分")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "起草"),
                            ("submitted", "送审"),
                            ("approved", "已签发"),
                            ("issued", "已印发"),
                            ("superseded", "被取代"),
                            ("withdrawn", "已撤销"),
                            ("discarded", "作废"),
                        ],
                        default="draft",
                        max_length=10,
                        verbose_name="状态",
                    ),
                ),
                (
                    "number_code",
                    models.CharField(blank=True, max_length=20, verbose_name="机关代字"),
                ),
                (
                    "number_year",
                    models.PositiveSmallIntegerField(null=True, verbose_name="文号年份"),
                ),
                ("number_serial", models.PositiveIntegerField(null=True, verbose_name="文号序号")),
                (
                    "drafted_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="起草时间"
                    ),
                ),
                ("approved_at", models.DateTimeField(null=True, verbose_name="签发时间")),
                ("issued_at", models.DateTimeField(null=True, verbose_name="印发时间")),
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
                        verbose_name="谁签发",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁起草",
                    ),
                ),
                (
                    "follows",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="followers",
                        to="bulletins.bulletin",
                        verbose_name="取代哪一份",
                    ),
                ),
                (
                    "issued_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁印发",
                    ),
                ),
                (
                    "notice",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletin",
                        to="notices.notice",
                        verbose_name="随哪份通知发出",
                    ),
                ),
                (
                    "quarter",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletins",
                        to="appraisals.quarter",
                        verbose_name="依据的季报",
                    ),
                ),
                (
                    "result",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletins",
                        to="results.sealedresult",
                        verbose_name="依据的结果",
                    ),
                ),
            ],
            options={
                "verbose_name": "通报",
                "verbose_name_plural": "通报",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["annual", "half", "quarter", "topic"])),
                        name="bulletin_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind", "quarter"),
                                ("quarter__isnull", False),
                                ("result__isnull", True),
                            ),
                            models.Q(
                                models.Q(("kind", "quarter"), _negated=True),
                                ("quarter__isnull", True),
                                ("result__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="bulletin_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("level__in", ["unit", "group", "county", "public"])),
                        name="bulletin_level",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "state__in",
                                [
                                    "draft",
                                    "submitted",
                                    "approved",
                                    "issued",
                                    "superseded",
                                    "withdrawn",
                                    "discarded",
                                ],
                            )
                        ),
                        name="bulletin_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("approved_at__isnull", False), ("approved_by__isnull", False)
                            ),
                            models.Q(("approved_at__isnull", True), ("approved_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="bulletin_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("issued_at__isnull", False),
                                ("issued_by__isnull", False),
                                ("number_year__isnull", False),
                                ("number_serial__isnull", False),
                                ("notice__isnull", False),
                            ),
                            models.Q(
                                ("issued_at__isnull", True),
                                ("issued_by__isnull", True),
                                ("number_year__isnull", True),
                                ("number_serial__isnull", True),
                                ("notice__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="bulletin_issued",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state__in", ("approved", "issued", "superseded", "withdrawn")),
                                _negated=True,
                            ),
                            models.Q(
                                ("approved_at__isnull", False),
                                models.Q(("printed", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="bulletin_state_approved",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("issued_at__isnull", False),
                                ("state__in", ("issued", "superseded", "withdrawn")),
                                models.Q(("number_code", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(
                                    ("state__in", ("issued", "superseded", "withdrawn")),
                                    _negated=True,
                                ),
                                ("issued_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="bulletin_state_issued",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approved_by", None),
                            models.Q(("approved_by", models.F("drafted_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="bulletin_two_people",
                        violation_error_message="起草和签发要由两个人办理",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("level", "group"), _negated=True),
                            models.Q(("group", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="bulletin_group",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("number_serial__isnull", False)),
                        fields=("number_code", "number_year", "number_serial"),
                        name="bulletin_number_once",
                        violation_error_message="这个发文字号已经用过",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulletinTemplate",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("annual", "年度通报"),
                            ("half", "半年通报"),
                            ("quarter", "季度通报"),
                            ("topic", "专题通报"),
                        ],
                        max_length=10,
                        verbose_name="种类",
                    ),
                ),
                ("content", models.TextField(verbose_name="内容")),
                ("is_retired", models.BooleanField(default=False, verbose_name="不再使用")),
                (
                    "written_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="修改时间"
                    ),
                ),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁改的",
                    ),
                ),
            ],
            options={
                "verbose_name": "通报模板",
                "verbose_name_plural": "通报模板",
                "ordering": ["kind", "name", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["annual", "half", "quarter", "topic"])),
                        name="bulletin_template_kind",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("is_retired", False)),
                        fields=("name",),
                        name="bulletin_template_name",
                        violation_error_message="已经有同名的模板，请换一个名称",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulletinFile",
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
                        choices=[("docx", "Word"), ("pdf", "PDF/A")],
                        max_length=4,
                        verbose_name="格式",
                    ),
                ),
                ("content", models.BinaryField(verbose_name="内容")),
                ("size", models.PositiveIntegerField(verbose_name="大小")),
                ("digest", models.CharField(max_length=80, verbose_name="摘要")),
                ("note", models.CharField(blank=True, max_length=1000, verbose_name="字体说明")),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="bulletins.bulletin",
                        verbose_name="通报",
                    ),
                ),
            ],
            options={
                "verbose_name": "印发的文件",
                "verbose_name_plural": "印发的文件",
                "ordering": ["bulletin", "kind"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["docx", "pdf"])), name="bulletin_file_kind"
                    ),
                    models.UniqueConstraint(fields=("bulletin", "kind"), name="bulletin_file_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulletinStep",
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
                            ("write", "起草、修改"),
                            ("take_back", "收回改过的 Word 稿"),
                            ("submit", "送审"),
                            ("send_back", "退回修改"),
                            ("sign_off", "签发"),
                            ("recall", "撤回签发"),
                            ("issue", "印发"),
                            ("supersede", "被取代"),
                            ("withdraw", "撤销"),
                            ("discard", "作废"),
                        ],
                        max_length=10,
                        verbose_name="办理",
                    ),
                ),
                ("text", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                (
                    "digest",
                    models.CharField(blank=True, max_length=80, verbose_name="当时的内容摘要"),
                ),
                (
                    "taken_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="办理时间"
                    ),
                ),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="bulletins.bulletin",
                        verbose_name="通报",
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
                "verbose_name": "通报办理经过",
                "verbose_name_plural": "通报办理经过",
                "ordering": ["bulletin", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "write",
                                    "take_back",
                                    "submit",
                                    "send_back",
                                    "sign_off",
                                    "recall",
                                    "issue",
                                    "supersede",
                                    "withdraw",
                                    "discard",
                                ],
                            )
                        ),
                        name="bulletin_step_kind",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="BulletinUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="units",
                        to="bulletins.bulletin",
                        verbose_name="通报",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletins",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "通报发往单位",
                "verbose_name_plural": "通报发往单位",
                "ordering": ["bulletin", "unit__order", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("bulletin", "unit"), name="bulletin_unit_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="KeptReminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.CharField(max_length=40, verbose_name="提醒")),
                ("reason", models.CharField(max_length=300, verbose_name="保留理由")),
                (
                    "kept_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, editable=False, verbose_name="保留时间"
                    ),
                ),
                (
                    "kept_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="谁保留的",
                    ),
                ),
                (
                    "of",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="kept",
                        to="bulletins.bulletin",
                        verbose_name="通报",
                    ),
                ),
            ],
            options={
                "verbose_name": "通报保留的提醒",
                "verbose_name_plural": "通报保留的提醒",
                "ordering": ["id"],
                "constraints": [
                    models.UniqueConstraint(fields=("of", "key"), name="bulletin_kept_once"),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="bulletin_kept_reason",
                    ),
                ],
            },
        ),
    ]
