"""manage.py create_school: a first school and the invitation of its director."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation

from coaching.lib.states import MoveRefused
from schools.forms import FirstSchoolForm
from schools.invitations import invite, link_to, resend
from schools.models import Function, Role, School, Sector
from schools.models.people import Region


class Command(BaseCommand):
    help = "Makes a school and invites its director; prints the link. Again with the same words: changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        for name in ("name", "place", "brin"):
            parser.add_argument(f"--{name}", required=True)
        parser.add_argument("--sector", default=Sector.PO.value, choices=Sector.values)
        parser.add_argument("--region", default=Region.MIDDLE.value, choices=Region.values)
        parser.add_argument("--director-name", required=True)
        parser.add_argument("--director-email", required=True)
        parser.add_argument("--new-link", action="store_true", help="send a waiting invitation again")

    def handle(self, *args: Any, **options: Any) -> None:
        with translation.override("en"):
            form = FirstSchoolForm({**options, "brin": options["brin"].strip().upper()})
            if not form.is_valid():
                wrong = [f"{field}: {' '.join(map(str, errors))}" for field, errors in form.errors.items()]
                raise CommandError("Nothing was made.\n" + "\n".join(wrong))
            with transaction.atomic():
                school = self.school(form.cleaned_data)
                self.director(school, form.cleaned_data, options["new_link"])

    def school(self, data: dict[str, Any]) -> School:
        known = {"brin": data["brin"], "place": data["place"], "name": data["name"]}
        rest = {"sector": data["sector"], "region": data["region"]}
        school, new = School.objects.get_or_create(**known, defaults=rest)
        self.stdout.write(f"{school} {'was made' if new else 'is there already'}.")
        return school

    def director(self, school: School, data: dict[str, Any], new_link: bool) -> None:
        name, email = data["director_name"], data["director_email"].lower()
        now = timezone.now()
        waiting = school.invitations.waiting().filter(email=email).first()
        if waiting and not new_link:
            self.stdout.write(f"{email} was invited before. For a new link: the same with --new-link.")
            return
        try:
            if waiting:
                token = resend(waiting, now)
            else:
                token = invite(school, name, email, Role.DIRECTOR, Function.DIRECTOR, None, now)[1]
        except MoveRefused as refused:
            self.stdout.write(f"{email}: {refused}")
            return
        self.stdout.write(f"The link for {name}, open for 14 days, once:\n{link_to(token)}")
