"""What a password must be, said in the words of this house."""

from __future__ import annotations

from django.contrib.auth import password_validation as django
from django.utils.translation import gettext as _


class LongEnough(django.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("This password is too short: make it %(length)d characters or more.") % {
            "length": self.min_length
        }

    def get_help_text(self) -> str:
        return _("At least %(length)d characters; a short sentence is easy to remember.") % {
            "length": self.min_length
        }


class NotAboutYou(django.UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return _("This password looks too much like your name or your e-mail address.")

    def get_help_text(self) -> str:
        return _("Not your name and not your e-mail address.")


class NotEverybodys(django.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Many people use this password, so it is easy to guess. Choose another one.")

    def get_help_text(self) -> str:
        return _("Not a password that many people use.")
