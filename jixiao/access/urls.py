"""Which addresses belong to signing in and to one's own account? Only these of the library's many."""

from allauth.account import views as account
from allauth.mfa.base import views as second
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as passkeys
from allauth.socialaccount import views as social
from allauth.socialaccount.providers.openid_connect import views as provider
from django.urls import path

from jixiao.access import views
from jixiao.access.page import open_page
from jixiao.access.signin.wrapping import from_outside, own, own_change

SECURITY = "security/"

urlpatterns = [
    path("signin/", open_page(account.login), name="account_login"),
    path("signin/code/", open_page(second.authenticate), name="mfa_authenticate"),
    path("signin/passkey/", open_page(passkeys.login_webauthn), name="mfa_login_webauthn"),
    path("signin/disabled/", open_page(account.account_inactive), name="account_inactive"),
    path("signin/cancelled/", open_page(social.login_cancelled), name="socialaccount_login_cancelled"),
    path("signin/<slug:provider_id>/", from_outside(provider.login), name="openid_connect_login"),
    path(
        "signin/<slug:provider_id>/back/", from_outside(provider.callback),
        name="openid_connect_callback",
    ),
    path("signout/", open_page(account.logout), name="account_logout"),
    # The library calls its lists of second factors by two more names.
    *(
        path(SECURITY, views.security, name=name)
        for name in ("account_security", "mfa_index", "mfa_list_webauthn")
    ),
    path("security/password/", views.change_password, name="account_change_password"),
    path("security/confirm/", own(account.reauthenticate), name="account_reauthenticate"),
    path("security/confirm/code/", own(second.reauthenticate), name="mfa_reauthenticate"),
    path(
        "security/confirm/passkey/", own(passkeys.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("security/totp/", own_change(totp.activate_totp), name="mfa_activate_totp"),
    path("security/totp/off/", own_change(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("security/passkeys/add/", own_change(passkeys.add_webauthn), name="mfa_add_webauthn"),
    path(
        "security/passkeys/<int:pk>/", own_change(passkeys.edit_webauthn), name="mfa_edit_webauthn"
    ),
    path(
        "security/passkeys/<int:pk>/remove/", own_change(passkeys.remove_webauthn),
        name="mfa_remove_webauthn",
    ),
    path("security/codes/", own(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "security/codes/new/", own_change(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path("security/tokens/new/", views.make_token, name="token_new"),
    path("security/tokens/<int:pk>/revoke/", views.revoke_token, name="token_revoke"),
]  # fmt: skip
