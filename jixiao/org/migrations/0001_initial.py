import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("access", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="OrgImport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("file", models.FileField(upload_to="机构人员/", verbose_name="文件")),
                ("name", models.CharField(max_length=120, verbose_name="文件名")),
                ("digest", models.CharField(max_length=64, verbose_name="摘要")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "待确认"),
                            ("applied", "已导入"),
                            ("dropped", "已放弃"),
                        ],
                        default="waiting",
                        max_length=8,
                        verbose_name="状态",
                    ),
                ),
                ("handed_at", models.DateTimeField(auto_now_add=True, verbose_name="上传时间")),
                ("handed_by", models.CharField(max_length=80, verbose_name="上传人")),
                (
                    "applied_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="办结时间"),
                ),
                (
                    "applied_by",
                    models.CharField(blank=True, max_length=80, null=True, verbose_name="办结人"),
                ),
                ("document", models.CharField(blank=True, max_length=80, verbose_name="依据")),
                ("summary", models.CharField(blank=True, max_length=200, verbose_name="改动")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
            ],
            options={
                "verbose_name": "机构人员导入",
                "verbose_name_plural": "机构人员导入",
                "ordering": ["-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["waiting", "applied", "dropped"])),
                        name="import_state",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("applied_at__isnull", False), ("applied_by__isnull", False)),
                            models.Q(("applied_at__isnull", True), ("applied_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="import_applied",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("code", models.CharField(max_length=30, unique=True, verbose_name="人员编号")),
                (
                    "rank",
                    models.CharField(
                        choices=[
                            ("county", "县处级"),
                            ("section_head", "正科级"),
                            ("section_deputy", "副科级"),
                            ("staff", "科员及以下"),
                        ],
                        max_length=16,
                        verbose_name="职级",
                    ),
                ),
                ("search", models.TextField(editable=False, verbose_name="检索词")),
                ("left_on", models.DateField(blank=True, null=True, verbose_name="离开日期")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "account",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="账号",
                    ),
                ),
            ],
            options={
                "verbose_name": "人员",
                "verbose_name_plural": "人员",
                "ordering": ["code"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("rank__in", ["county", "section_head", "section_deputy", "staff"])
                        ),
                        name="person_rank",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reorganization",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "manner",
                    models.CharField(
                        choices=[("merger", "合并"), ("split", "分设"), ("closure", "撤销")],
                        max_length=10,
                        verbose_name="方式",
                    ),
                ),
                ("on", models.DateField(verbose_name="生效日期")),
                ("document", models.CharField(max_length=80, verbose_name="依据")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
            ],
            options={
                "verbose_name": "机构变动",
                "verbose_name_plural": "机构变动",
                "ordering": ["-on", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("manner__in", ["merger", "split", "closure"])),
                        name="reorganization_manner",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Unit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("township", "乡镇"),
                            ("zone", "园区"),
                            ("department", "县直部门"),
                            ("stationed", "驻县单位"),
                            ("section", "内设机构"),
                            ("subordinate", "下属单位"),
                            ("village", "村（社区）"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("group", models.CharField(blank=True, max_length=30, verbose_name="比较组")),
                (
                    "path",
                    models.CharField(
                        db_index=True, editable=False, max_length=120, verbose_name="路径"
                    ),
                ),
                ("order", models.PositiveIntegerField(default=0, verbose_name="次序")),
                ("since", models.DateField(verbose_name="设立")),
                ("until", models.DateField(blank=True, null=True, verbose_name="撤销")),
                ("search", models.TextField(editable=False, verbose_name="检索词")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="children",
                        to="org.unit",
                        verbose_name="上级",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位",
                "verbose_name_plural": "单位",
                "ordering": ["order", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "township",
                                    "zone",
                                    "department",
                                    "stationed",
                                    "section",
                                    "subordinate",
                                    "village",
                                ],
                            )
                        ),
                        name="unit_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="unit_days",
                        violation_error_message="止日不能早于起日",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("name", "parent"),
                        name="unit_name_once",
                        violation_error_message="同一上级下已有同名单位",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("parent__isnull", True), ("until__isnull", True)),
                        fields=("name",),
                        name="unit_top_name_once",
                        violation_error_message="已有同名的乡科级单位",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("kind__in", ("township", "zone", "department", "stationed")),
                                ("parent__isnull", True),
                            ),
                            models.Q(
                                models.Q(
                                    ("kind__in", ("township", "zone", "department", "stationed")),
                                    _negated=True,
                                ),
                                ("parent__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="unit_parent",
                        violation_error_message="乡科级单位没有上级；内设机构、下属单位和村要写明上级",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reorganization",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="org.reorganization",
                        verbose_name="机构变动",
                    ),
                ),
                (
                    "after",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="came_from",
                        to="org.unit",
                        verbose_name="承接单位",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="went_into",
                        to="org.unit",
                        verbose_name="原单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "承接关系",
                "verbose_name_plural": "承接关系",
                "ordering": ["reorganization", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("reorganization", "before", "after"), name="succession_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("title", models.CharField(max_length=40, verbose_name="职务")),
                ("is_full_time", models.BooleanField(default=True, verbose_name="专职")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="org.person",
                        verbose_name="人员",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="posts",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "任职",
                "verbose_name_plural": "任职",
                "ordering": ["unit", "-since", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="post_days",
                        violation_error_message="止日不能早于起日",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("person", "unit", "title"),
                        name="post_once",
                        violation_error_message="此人在该单位已有这个职务",
                    ),
                    models.UniqueConstraint(
                        fields=("person", "unit", "title", "since"),
                        name="post_day_once",
                        violation_error_message="此人的这个职务从同一天起已有一条记录",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Duty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("head", "领导小组组长"),
                            ("deputy", "领导小组副组长"),
                            ("member", "领导小组成员"),
                            ("lead", "分管人"),
                            ("liaison", "联络员"),
                        ],
                        max_length=10,
                        verbose_name="分工",
                    ),
                ),
                ("is_full_time", models.BooleanField(default=False, verbose_name="专职")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("document", models.CharField(blank=True, max_length=80, verbose_name="依据")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="org.person",
                        verbose_name="人员",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="duties",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "绩效分工",
                "verbose_name_plural": "绩效分工",
                "ordering": ["unit", "role", "-since"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("role__in", ["head", "deputy", "member", "lead", "liaison"])
                        ),
                        name="duty_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="duty_days",
                        violation_error_message="止日不能早于起日",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            ("role__in", ("head", "lead", "liaison")), ("until__isnull", True)
                        ),
                        fields=("unit", "role"),
                        name="duty_single",
                        violation_error_message="组长、分管人、联络员同一时间只能有一人，请先结束原来的",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("unit", "person", "role"),
                        name="duty_once",
                        violation_error_message="此人已承担这项分工",
                    ),
                    models.UniqueConstraint(
                        fields=("unit", "person", "role", "since"),
                        name="duty_day_once",
                        violation_error_message="此人的这项分工从同一天起已有一条记录",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Delegation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(verbose_name="止")),
                ("reason", models.CharField(max_length=200, verbose_name="原因")),
                ("document", models.CharField(blank=True, max_length=80, verbose_name="依据")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "absent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations_given",
                        to="org.person",
                        verbose_name="委托人",
                    ),
                ),
                (
                    "deputy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations_taken",
                        to="org.person",
                        verbose_name="受托人",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="delegations",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "委托",
                "verbose_name_plural": "委托",
                "ordering": ["-since", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="delegation_days",
                        violation_error_message="止日不能早于起日",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("absent", models.F("deputy")), _negated=True),
                        name="delegation_two",
                        violation_error_message="不能委托给本人",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Condition",
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
                            ("office", "办公室"),
                            ("signboard", "牌子"),
                            ("notice_board", "公示版面"),
                            ("computer", "电脑"),
                            ("cabinet", "橱柜"),
                        ],
                        max_length=14,
                        verbose_name="种类",
                    ),
                ),
                ("quantity", models.PositiveSmallIntegerField(default=1, verbose_name="数量")),
                (
                    "use",
                    models.CharField(
                        choices=[("own", "专用"), ("shared", "合用")],
                        default="own",
                        max_length=8,
                        verbose_name="使用",
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("good", "完好"), ("worn", "破损"), ("lacking", "没有")],
                        default="good",
                        max_length=8,
                        verbose_name="状况",
                    ),
                ),
                ("seen_on", models.DateField(verbose_name="核对日期")),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="说明")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="conditions",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "办公条件",
                "verbose_name_plural": "办公条件",
                "ordering": ["unit", "kind"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                ["office", "signboard", "notice_board", "computer", "cabinet"],
                            )
                        ),
                        name="condition_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("use__in", ["own", "shared"])), name="condition_use"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state__in", ["good", "worn", "lacking"])),
                        name="condition_state",
                    ),
                    models.UniqueConstraint(fields=("unit", "kind"), name="condition_once"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Alias",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="别名")),
                ("since", models.DateField(blank=True, null=True, verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                (
                    "version",
                    models.PositiveIntegerField(default=1, editable=False, verbose_name="修改次数"),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="aliases",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位别名",
                "verbose_name_plural": "单位别名",
                "ordering": ["unit", "name"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("unit", "name"),
                        name="alias_once",
                        violation_error_message="这个单位已有这个别名",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="alias_days",
                        violation_error_message="止日不能早于起日",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="UnitVersion",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="名称")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("township", "乡镇"),
                            ("zone", "园区"),
                            ("department", "县直部门"),
                            ("stationed", "驻县单位"),
                            ("section", "内设机构"),
                            ("subordinate", "下属单位"),
                            ("village", "村（社区）"),
                        ],
                        max_length=12,
                        verbose_name="类别",
                    ),
                ),
                ("group", models.CharField(blank=True, max_length=30, verbose_name="比较组")),
                ("since", models.DateField(verbose_name="起")),
                ("until", models.DateField(blank=True, null=True, verbose_name="止")),
                ("document", models.CharField(blank=True, max_length=80, verbose_name="依据")),
                ("reason", models.CharField(blank=True, max_length=200, verbose_name="原因")),
                (
                    "parent",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="org.unit",
                        verbose_name="上级",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="org.unit",
                        verbose_name="单位",
                    ),
                ),
            ],
            options={
                "verbose_name": "单位沿革",
                "verbose_name_plural": "单位沿革",
                "ordering": ["unit", "-since", "-id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                [
                                    "township",
                                    "zone",
                                    "department",
                                    "stationed",
                                    "section",
                                    "subordinate",
                                    "village",
                                ],
                            )
                        ),
                        name="version_kind",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("until__isnull", True),
                            ("until__gte", models.F("since")),
                            _connector="OR",
                        ),
                        name="version_days",
                        violation_error_message="止日不能早于起日",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("until__isnull", True)),
                        fields=("unit",),
                        name="version_current",
                    ),
                ],
            },
        ),
    ]
