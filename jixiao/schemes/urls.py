"""Which addresses belong to the schemes?"""

from django.urls import path

from jixiao.schemes.views import editing, moving, reading

urlpatterns = [
    path("schemes/", reading.schemes, name="schemes"),
    path("schemes/start/", moving.scheme_start, name="scheme_start"),
    path("schemes/<int:pk>/", reading.scheme, name="scheme"),
    path("schemes/<int:pk>/compare/", reading.scheme_compare, name="scheme_compare"),
    path("schemes/<int:pk>/files/<slug:form>/", reading.scheme_file, name="scheme_file"),
    path("schemes/<int:pk>/edit/", editing.scheme_edit, name="scheme_edit"),
    path("schemes/<int:pk>/edit/preview/", editing.scheme_preview, name="scheme_preview"),
    path("schemes/<int:pk>/edit/move/", editing.scheme_move, name="scheme_move"),
    path("schemes/<int:pk>/edit/remove/", editing.scheme_remove, name="scheme_remove"),
    path("schemes/<int:pk>/edit/keep/", editing.scheme_keep, name="scheme_keep"),
    path("schemes/<int:pk>/import/", editing.scheme_import, name="scheme_import"),
    path("schemes/<int:pk>/import/confirm/", editing.scheme_replace, name="scheme_replace"),
    path("schemes/<int:pk>/submit/", moving.scheme_submit, name="scheme_submit"),
    path("schemes/<int:pk>/send-back/", moving.scheme_send_back, name="scheme_send_back"),
    path("schemes/<int:pk>/approve/", moving.scheme_approve, name="scheme_approve"),
    path("schemes/<int:pk>/publish/", moving.scheme_publish, name="scheme_publish"),
    path("schemes/<int:pk>/discard/", moving.scheme_discard, name="scheme_discard"),
    path("schemes/<int:pk>/amend/", moving.scheme_amend, name="scheme_amend"),
]
