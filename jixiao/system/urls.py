"""Which addresses do the administrators use?"""

from django.urls import path

from jixiao.system import views

urlpatterns = [
    path("accounts/", views.accounts, name="accounts"),
    path("accounts/open/", views.account_open, name="account_open"),
    path("accounts/<int:pk>/", views.account, name="account"),
    path("accounts/<int:pk>/disable/", views.account_disable, name="account_disable"),
    path("accounts/<int:pk>/enable/", views.account_enable, name="account_enable"),
    path("accounts/<int:pk>/reset/", views.account_reset, name="account_reset"),
    path("grants/", views.grants, name="grants"),
    path("grants/before/", views.grants_before, name="grants_before"),
    path("grants/locked/", views.locked, name="locked"),
    path("grants/of/<int:pk>/", views.grant, name="grant"),
    path("grants/of/<int:pk>/unlock/", views.unlock, name="unlock"),
    path("grants/of/<int:pk>/factor/", views.second_factor_reset, name="second_factor_reset"),
    path("grants/<int:pk>/end/", views.grant_end, name="grant_end"),
    path("audit/", views.audit_entries, name="audit_entries"),
    path("audit/days/<str:day>/", views.audit_entries, name="audit_day"),
    path("audit/people/<int:person>/", views.audit_entries, name="audit_person"),
    path("audit/rows/<str:row>/", views.audit_entries, name="audit_row"),
    path("audit/<int:pk>/", views.audit_entry, name="audit_entry"),
    path("audit/verify/", views.audit_verify, name="audit_verify"),
    path("audit/export/", views.audit_export, name="audit_export"),
    path("register/", views.register, name="register"),
    path("roles/", views.roles, name="roles"),
]
