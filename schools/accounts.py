"""How allauth behaves in this house: no open sign-up, the person's own language, our own addresses."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .feeds import stop_feed
from .models import User

MAIL_LANGUAGE = "nl"  # of whoever has not chosen a language yet


def in_a_mail(name: str, **parts: str) -> str:
    """The address of page ``name``, from SITE_URL: a forged Host header never ends up in a mail."""
    return settings.SITE_URL.rstrip("/") + reverse(name, kwargs=parts)


class HouseAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _(
            "This e-mail address and password do not belong together. Try again, or have a code mailed to you."
        ),
        "too_many_login_attempts": _(
            "That was too often for this address. Wait five minutes and try again. Your account is safe."
        ),
        "incorrect_code": _("That is not the code. Look in the newest mail and type it over once more."),
        "incorrect_password": _("That is not your password. Try again."),
        "enter_current_password": _("That is not the password you have now. Try again."),
        "rate_limited": _("That was a bit too often. Wait five minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations and from ``manage.py create_school`` alone."""
        return False

    def set_password(self, user: Any, password: str) -> None:
        """Every way to a new password comes here. Whoever wants one may have lost more: the calendar stops too."""
        super().set_password(user, password)
        if stop_feed(user) and self.request:
            stopped = _(
                "The secret address of your calendar stopped too. You make a new one in your profile."
            )
            messages.info(self.request, stopped)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """In the reader's language, also when somebody else's screen sets it off."""
        person = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = person.language if person else translation.get_language() or settings.LANGUAGE_CODE
        with translation.override(language):
            own = {"user": person, "site_url": settings.SITE_URL.rstrip("/")}
            super().send_mail(template_prefix, email, {**context, **own})

    def get_reset_password_from_key_url(self, key: str) -> str:
        uid, _dash, token = key.partition("-")
        return in_a_mail("account_reset_password_from_key", uidb36=uid, key=token)

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        return in_a_mail("account_confirm_email", key=emailconfirmation.key)
