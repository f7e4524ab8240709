"""Addresses of this room, and of logging in."""

from __future__ import annotations

from allauth.account import views as account
from django.urls import URLPattern, path, re_path

from coaching.lib.access import members, public

from .views import (
    calendar,
    colleagues,
    consents,
    feeds,
    hours,
    imports,
    invitations,
    mailbox,
    outgoing,
    profile,
    task_codes,
)

log_in: list[URLPattern] = [
    path("inloggen/", public(account.login), name="account_login"),
    path("inloggen/code/", public(account.request_login_code), name="account_request_login_code"),
    path("inloggen/code/invullen/", public(account.confirm_login_code), name="account_confirm_login_code"),
    path("uitloggen/", public(account.logout), name="account_logout"),
    path("aanmelden/", public(account.signup), name="account_signup"),
    path("account-gesloten/", public(account.account_inactive), name="account_inactive"),
    path("wachtwoord/", members(account.password_change), name="account_change_password"),
    path("wachtwoord/instellen/", members(account.password_set), name="account_set_password"),
    path("wachtwoord/vergeten/", public(account.password_reset), name="account_reset_password"),
    path(
        "wachtwoord/vergeten/verstuurd/",
        public(account.password_reset_done),
        name="account_reset_password_done",
    ),
    re_path(
        r"^wachtwoord/nieuw/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        public(account.password_reset_from_key),
        name="account_reset_password_from_key",
    ),
    path(
        "wachtwoord/nieuw/klaar/",
        public(account.password_reset_from_key_done),
        name="account_reset_password_from_key_done",
    ),
    path("herbevestigen/", members(account.reauthenticate), name="account_reauthenticate"),
    path("e-mailadres/", members(account.email), name="account_email"),
    path(
        "e-mailadres/bevestigen/",
        public(account.email_verification_sent),
        name="account_email_verification_sent",
    ),
    re_path(
        r"^e-mailadres/bevestigen/(?P<key>[-:\w]+)/$",
        public(account.confirm_email),
        name="account_confirm_email",
    ),
]

urlpatterns: list[URLPattern] = [
    *log_in,
    path("scholen/<int:pk>/collegas/", colleagues.colleagues, name="colleagues"),
    path("scholen/<int:pk>/collegas/uitnodigen/", colleagues.invite_colleague, name="invite_colleague"),
    path("scholen/<int:pk>/collegas/plakken/", colleagues.paste_colleagues, name="paste_colleagues"),
    path("scholen/<int:pk>/collegas/plakken/versturen/", colleagues.send_pasted, name="send_pasted"),
    path("scholen/<int:pk>/collegas/lijst/", imports.staff_lists, name="staff_lists"),
    path("lijsten/<int:pk>/", imports.staff_list, name="staff_list"),
    path("lijsten/<int:pk>/kolommen/", imports.staff_columns, name="staff_columns"),
    path("lijsten/<int:pk>/uitvoeren/", imports.carry_out_list, name="carry_out_list"),
    path("lijsten/<int:pk>/ongedaan/", imports.undo_list, name="undo_list"),
    path("lijsten/<int:pk>/weg/", imports.discard_list, name="discard_list"),
    path("collegas/<int:pk>/", colleagues.membership, name="membership"),
    path("collegas/<int:pk>/einde/", colleagues.end_stay, name="end_stay"),
    path("uitnodigingen/<int:pk>/opnieuw/", colleagues.resend_invitation, name="resend_invitation"),
    path("uitnodigingen/<int:pk>/intrekken/", colleagues.revoke_invitation, name="revoke_invitation"),
    path("uitnodiging/<str:token>/", invitations.invitation, name="invitation"),
    path("scholen/<int:pk>/instemming/", consents.consents, name="consents"),
    path("scholen/<int:pk>/instemming/vragen/", consents.ask_consent, name="ask_consent"),
    path("scholen/<int:pk>/instemming/opnieuw/", consents.renew_consent_link, name="renew_consent_link"),
    path("instemming/<str:token>/", consents.pmr_consent, name="pmr_consent"),
    path("instemming/<str:token>/intrekken/<slug:kind>/", consents.pmr_withdraw, name="pmr_withdraw"),
    path("scholen/<int:pk>/kalender/", calendar.school_calendar, name="school_calendar"),
    path("scholen/<int:pk>/kalender/lestijden/", calendar.lesson_hours, name="lesson_hours"),
    path("scholen/<int:pk>/kalender/erbij/", calendar.add_closed_days, name="add_closed_days"),
    path(
        "scholen/<int:pk>/kalender/vakantie/<int:holiday>/",
        calendar.instead_of_holiday,
        name="instead_of_holiday",
    ),
    path("dichte-dagen/<int:pk>/", calendar.change_closed_days, name="change_closed_days"),
    path("dichte-dagen/<int:pk>/weg/", calendar.remove_closed_days, name="remove_closed_days"),
    path("scholen/<int:pk>/kalender/terug/", calendar.restore_closed_days, name="restore_closed_days"),
    path("collegas/<int:pk>/werkdagen/", calendar.work_days, name="work_days"),
    path("wtf/<int:pk>/", colleagues.change_fte, name="change_fte"),
    path("wtf/<int:pk>/weg/", colleagues.remove_fte, name="remove_fte"),
    path("uren/", hours.my_hours, name="my_hours"),
    path("uren/<int:pk>/corrigeren/", hours.correct_hours, name="correct_hours"),
    path("uren/<int:pk>/terugnemen/", hours.undo_hours, name="undo_hours"),
    path("collegas/<int:pk>/uren/", hours.person_hours, name="person_hours"),
    path("collegas/<int:pk>/uren/boeken/", hours.book_hours, name="book_hours"),
    path("scholen/<int:pk>/uren/", hours.school_hours, name="school_hours"),
    path("scholen/<int:pk>/uren.csv", hours.school_hours_csv, name="school_hours_csv"),
    path("scholen/<int:pk>/uren.xlsx", hours.school_hours_xlsx, name="school_hours_xlsx"),
    path("scholen/<int:pk>/uren/jaartaak/", hours.allotment, name="allotment"),
    path("scholen/<int:pk>/uren/taakcodes/", task_codes.task_codes, name="task_codes"),
    path("taakcodes/<int:pk>/", task_codes.change_task_code, name="change_task_code"),
    path("taakcodes/<int:pk>/weg/", task_codes.remove_task_code, name="remove_task_code"),
    path("profiel/", profile.profile, name="profile"),
    path("profiel/agenda/", feeds.my_calendar, name="my_calendar"),
    path("profiel/agenda/adres/", feeds.make_my_feed, name="make_my_feed"),
    path("profiel/agenda/stoppen/", feeds.stop_my_feed, name="stop_my_feed"),
    path("profiel/herinneringen/", feeds.my_reminders, name="my_reminders"),
    path("scholen/<int:pk>/post/", outgoing.stuck_mail, name="stuck_mail"),
    path("post/<int:pk>/opnieuw/", outgoing.retry_mail, name="retry_mail"),
    path("postvak/", mailbox.mailbox, name="mailbox"),
]
