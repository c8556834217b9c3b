"""Which addresses belong to bulletins?"""

from django.urls import path

from jixiao.bulletins.views import drafting, moving, reading, returning, templates

urlpatterns = [
    path("bulletins/", reading.bulletins, name="bulletins"),
    path("bulletins/issued/", reading.bulletins_issued, name="bulletins_issued"),
    path("bulletins/issued/<int:pk>/", reading.bulletin_read, name="bulletin_read"),
    path("bulletins/issued/<int:pk>/file/", reading.bulletin_file, name="bulletin_file"),
    path("public/bulletins/", reading.public_bulletins, name="public_bulletins"),
    path("public/bulletins/<int:pk>/", reading.public_bulletin, name="public_bulletin"),
    path("public/bulletins/<int:pk>/file/", reading.public_file, name="public_file"),
    path("bulletins/start/", drafting.bulletin_start, name="bulletin_start"),
    path("bulletins/<int:pk>/", drafting.bulletin, name="bulletin"),
    path("bulletins/<int:pk>/block/", drafting.bulletin_block, name="bulletin_block"),
    path("bulletins/<int:pk>/arrange/", drafting.bulletin_arrange, name="bulletin_arrange"),
    path("bulletins/<int:pk>/frame/", drafting.bulletin_frame, name="bulletin_frame"),
    path("bulletins/<int:pk>/audience/", drafting.bulletin_audience, name="bulletin_audience"),
    path("bulletins/<int:pk>/keep/", drafting.bulletin_keep, name="bulletin_keep"),
    path("bulletins/<int:pk>/paper/", drafting.bulletin_paper, name="bulletin_paper"),
    path("bulletins/<int:pk>/return/", returning.bulletin_return, name="bulletin_return"),
    path("bulletins/<int:pk>/redraft/", drafting.bulletin_redraft, name="bulletin_redraft"),
    path("bulletins/<int:pk>/submit/", moving.bulletin_submit, name="bulletin_submit"),
    path("bulletins/<int:pk>/send-back/", moving.bulletin_send_back, name="bulletin_send_back"),
    path("bulletins/<int:pk>/sign-off/", moving.bulletin_sign_off, name="bulletin_sign_off"),
    path("bulletins/<int:pk>/recall/", moving.bulletin_recall, name="bulletin_recall"),
    path("bulletins/<int:pk>/issue/", moving.bulletin_issue, name="bulletin_issue"),
    path("bulletins/<int:pk>/withdraw/", moving.bulletin_withdraw, name="bulletin_withdraw"),
    path("bulletins/<int:pk>/discard/", moving.bulletin_discard, name="bulletin_discard"),
    path("bulletins/templates/", templates.bulletin_templates, name="bulletin_templates"),
    path("bulletins/templates/make/", templates.template_make, name="template_make"),
    path("bulletins/templates/<int:pk>/", templates.template, name="bulletin_template"),
    path(
        "bulletins/templates/<int:pk>/block/", templates.template_block,
        name="bulletin_template_block",
    ),
    path(
        "bulletins/templates/<int:pk>/arrange/", templates.template_arrange,
        name="bulletin_template_arrange",
    ),
    path(
        "bulletins/templates/<int:pk>/frame/", templates.template_frame,
        name="bulletin_template_frame",
    ),
    path(
        "bulletins/templates/<int:pk>/retire/", templates.template_retire,
        name="bulletin_template_retire",
    ),
]  # fmt: skip
