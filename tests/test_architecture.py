"""The rules of the house that a machine can check."""

from __future__ import annotations

import ast
import hashlib
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from bootstrap_wrapper import get_bootstrap_dir
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from schools.models import User

ROOT = Path(settings.BASE_DIR)
ORDER = ("coaching.lib", "schools", "portfolio", "popgroups", "coaching.intervision", "coaching")
ROOMS = ("coaching", "schools", "portfolio", "popgroups", "templates", "static", "tests")
FORBIDDEN_NAMES = {"utils", "helpers", "services", "common", "misc", "signals", "receivers"}
FILE_LINES, TEMPLATE_LINES, FUNCTION_LINES, SETTINGS_LINES, VIEW_LINES = 400, 150, 40, 200, 20
FRONT_END = {
    "css/bootstrap.min.css": "d85327d99c7a3ee1f9b5d0500d1370acea3ad2db39c163c2f51f232baedbdede",
    "js/bootstrap.bundle.min.js": "e4fd49181388c48ec5040bd3fe66f57c29c8e67fcd8502b3354b96ec7ab47cc7",
}
LOCALE = ROOT / "coaching" / "locale" / "nl" / "LC_MESSAGES"


def python_files(*rooms: str) -> list[Path]:
    found = [path for room in rooms or ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def templates() -> list[Path]:
    return sorted(path for path in (ROOT / "templates").rglob("*") if path.is_file())


def short(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines_of(path: Path) -> int:
    return len(path.read_text().splitlines())


# -- order of the rooms ------------------------------------------------------------------------------------


def room_of(module: str) -> str | None:
    """The room of ORDER a dotted module lies in; None for everything that is not ours."""
    rooms = sorted(ORDER, key=len, reverse=True)
    return next((room for room in rooms if module == room or module.startswith(f"{room}.")), None)


def module_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imported(path: Path) -> Iterator[str]:
    """Dotted names of everything a file imports, relative ones made whole."""
    package = module_of(path).split(".")
    if path.name != "__init__.py":
        package = package[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else []
            stem = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{stem}.{alias.name}" for alias in node.names)


def too_far_right(path: Path) -> list[str]:
    own = room_of(module_of(path))
    names = [(name, room_of(name)) for name in imported(path)]
    return [
        f"{short(path)} imports {name}"
        for name, room in names
        if own and room and ORDER.index(room) > ORDER.index(own)
    ]


def test_nothing_imports_to_the_right_of_itself() -> None:
    files = python_files("coaching", "schools", "portfolio", "popgroups")
    assert not [line for path in files for line in too_far_right(path)]


def test_the_live_layer_and_the_rest_of_lib_know_no_app() -> None:
    for path in python_files("coaching/lib"):
        assert all(room_of(name) in (None, "coaching.lib") for name in imported(path)), short(path)


def test_keys_between_tables_point_the_same_way() -> None:
    rooms = {app.label: ORDER.index(app.name) for app in apps.get_app_configs() if app.name in ORDER}
    wrong = []
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if not isinstance(field, models.ForeignKey | models.ManyToManyField):
                continue
            to = field.related_model._meta.app_label
            here = model._meta.app_label
            if here in rooms and rooms.get(to, -1) > rooms[here]:
                wrong.append(f"{model.__name__}.{field.name} → {to}")
    assert not wrong


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())


# -- nobody passes every check -----------------------------------------------------------------------------


def test_users_have_no_permission_flags_and_there_is_no_admin() -> None:
    assert not {"is_staff", "is_superuser", "groups", "user_permissions"} & {
        field.name for field in User._meta.get_fields()
    }
    assert not hasattr(User, "has_perm")
    assert not [app for app in settings.INSTALLED_APPS if app.startswith("django.contrib.admin")]


def test_log_in_is_the_default() -> None:
    assert "django.contrib.auth.middleware.LoginRequiredMiddleware" in settings.MIDDLEWARE


def names_in(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield str(entry.name)
        else:
            yield from names_in(entry)


def test_no_two_addresses_share_a_name() -> None:
    counted = Counter(names_in(get_resolver()))
    assert not [name for name, times in counted.items() if times > 1]


# -- what a page may hold ----------------------------------------------------------------------------------

INLINE = {
    "a script without src": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "a style attribute": re.compile(r"<[a-z][^>]*\sstyle=", re.I),
    "an on... handler": re.compile(r"<[a-z][^>]*\son[a-z]+=", re.I),
    "an hx-on handler": re.compile(r"\bhx-on\b", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "an address elsewhere": re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//", re.I),
    "text that is not escaped": re.compile(r"\|\s*safe\b|autoescape off", re.I),
}


# A variable named ``style`` in a template tag is no attribute of an element.
def without_tags(text: str) -> str:
    return re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", text, flags=re.S)


@pytest.mark.parametrize("what", INLINE)
def test_templates_hold_nothing_inline(what: str) -> None:
    raw = what == "text that is not escaped"
    found = []
    for path in templates():
        text = path.read_text()
        if path.suffix == ".html" and INLINE[what].search(text if raw else without_tags(text)):
            found.append(short(path))
    assert not found


def test_templates_are_short() -> None:
    assert not [
        f"{short(path)}: {lines_of(path)}" for path in templates() if lines_of(path) >= TEMPLATE_LINES
    ]


def test_bootstrap_is_the_one_we_looked_at() -> None:
    found = {
        name: hashlib.sha256((Path(get_bootstrap_dir()) / name).read_bytes()).hexdigest()
        for name in FRONT_END
    }
    assert found == FRONT_END


# -- size and names ----------------------------------------------------------------------------------------


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = {part for path in python_files() for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not names & FORBIDDEN_NAMES


def test_files_are_short() -> None:
    long = [f"{short(path)}: {lines_of(path)}" for path in python_files() if lines_of(path) >= FILE_LINES]
    assert not long
    assert lines_of(ROOT / "coaching" / "settings.py") < SETTINGS_LINES


def functions() -> Iterator[tuple[Path, ast.FunctionDef | ast.AsyncFunctionDef, int]]:
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path, node, (node.end_lineno or node.lineno) - node.lineno + 1


def test_functions_are_short() -> None:
    assert not [f"{short(p)}:{f.lineno} {f.name}: {n}" for p, f, n in functions() if n > FUNCTION_LINES]


def is_view(path: Path, function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    first = function.args.args[0].arg if function.args.args else ""
    return first == "request" and bool(function.decorator_list) and "views" in str(path)


def test_views_are_short() -> None:
    """Marker, form, one verb, answer; the docstring does not count."""
    long = []
    for path, function, size in functions():
        words = ast.get_docstring(function, clean=False)
        body = size - (len(words.splitlines()) if words else 0)
        if is_view(path, function) and body > VIEW_LINES:
            long.append(f"{short(path)} {function.name}: {body}")
    assert not long


# -- translations ------------------------------------------------------------------------------------------


def gettext(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A copy of the sources, settings and all, with its Dutch catalogue brought up to date by makemessages."""
    left_out = shutil.ignore_patterns("__pycache__", "*.mo", "migrations")
    for room in ("coaching", "schools", "portfolio", "popgroups", "templates"):
        shutil.copytree(ROOT / room, tmp_path / room, ignore=left_out)
    shutil.copy(ROOT / "manage.py", tmp_path)
    made = tmp_path / LOCALE.relative_to(ROOT) / "django.po"
    made.parent.mkdir(parents=True, exist_ok=True)
    surroundings = {**os.environ, "DEBUG": "1", "PYTHONPATH": ""}
    command = [sys.executable, "manage.py", "makemessages", "-l", "nl", "--no-obsolete", "-v", "0"]
    done = subprocess.run(
        command, cwd=tmp_path, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return made


needs_gettext = pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")


def texts(catalogue: Path, *which: str) -> set[str]:
    """The English texts of ``catalogue``, of those ``which`` picks ("--untranslated", ...)."""
    listed = gettext("msgattrib", "--no-obsolete", "--no-wrap", "--no-location", *which, str(catalogue))
    found = re.findall(r'^msgid (".*"(?:\n".*")*)$', listed, flags=re.M)
    return {text for text in found if text != '""'}  # the empty one is the head of the catalogue


@needs_gettext
def test_every_text_has_a_dutch_translation(fresh: Path) -> None:
    assert not texts(fresh, "--untranslated")
    assert not texts(fresh, "--only-fuzzy")


@needs_gettext
def test_the_committed_catalogue_is_complete_and_sound(fresh: Path) -> None:
    """No text missing in it, none left over, and placeholders alike on both sides."""
    committed = LOCALE / "django.po"
    gettext("msgfmt", "-c", "-o", os.devnull, str(committed))
    assert texts(committed) == texts(fresh)


def compiled(catalogue: Path) -> str:
    """What a .mo file says, without the moments at which it was made."""
    said = gettext("msgunfmt", str(catalogue))
    return re.sub(r'^"(POT-Creation|PO-Revision)-Date:.*$', "", said, flags=re.M)


@needs_gettext
def test_the_compiled_catalogue_is_fresh(tmp_path: Path) -> None:
    made = tmp_path / "django.mo"
    gettext("msgfmt", "-c", "-o", str(made), str(LOCALE / "django.po"))
    assert compiled(made) == compiled(LOCALE / "django.mo")
