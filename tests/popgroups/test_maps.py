"""The have/need map: by choice, added up from five people on, in words, made once, and taken back at once."""

from __future__ import annotations

import datetime as dt
import re
import uuid
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from coaching.lib.added_up import Step
from coaching.lib.states import MoveRefused, StaleMove
from popgroups.map_page import MapOf
from popgroups.maps import (
    Wish,
    choose_needs,
    contribute,
    forget_contributions,
    lines_of,
    make_map,
    take_back,
)
from popgroups.models import GroupMap, GroupNeed, MapBar, MapContribution, MapMark, PopGroup
from popgroups.my_data import my_data
from portfolio.models import Competence, Framework
from schools.models import BoardDirector, SchoolYear, User
from tests.people import Cast, make_group, make_person, make_place
from tests.popgroups.conftest import Enter
from tests.popgroups.maps import all_in, make_list, mark, put_in

NOW = timezone.now
MIXED = (9, 9, 9, 3, 3)


@pytest.fixture
def calm(cast: Cast) -> Competence:
    return make_list(cast.zandplaat, "Rust in de klas", "Muziek maken")[0]


def page(client: Client, name: str, group: PopGroup) -> str:
    return client.get(reverse(name, args=[group.pk])).content.decode()


def send(client: Client, name: str, group: PopGroup, **data: Any) -> Any:
    data.setdefault("once_key", str(uuid.uuid4()))
    return client.post(reverse(name, args=[group.pk]), data, follow=True)


def seen_in(text: str) -> str:
    found = re.search(r'name="seen" value="(\w{64})"', text)
    assert found
    return found[1]


def words(group: PopGroup) -> dict[str, Step | None]:
    return {bar.competence.title: bar.have for section in MapOf(group).sections for bar in section.bars}


def place(cast: Cast, person: User) -> Any:
    return cast.group.members.select_related("membership__person", "group__school", "group__year").get(
        membership__person=person
    )


# -- putting in ----------------------------------------------------------------------------------------------


def test_first_the_literal_list_then_exactly_that_goes_in(cast: Cast, calm: Competence, enter: Enter) -> None:
    music = Competence.objects.get(title_nl="Muziek maken")
    mark(cast.noor, calm, 8)
    mark(cast.noor, music, 5)
    mark(cast.noor, Competence.objects.create(owner=cast.noor, title_nl="Jongleren"), 9)
    noor = enter(cast.noor)
    text = page(noor, "join_map", cast.group)
    assert "Rust in de klas</span><strong>yes, I do this well" in text
    assert "Muziek maken</span><strong>no, not (yet)" in text
    assert "Jongleren" not in text and not MapContribution.objects.exists()
    key = str(uuid.uuid4())
    for _twice in range(2):
        after = send(noor, "join_map", cast.group, seen=seen_in(text), once_key=key).content.decode()
    assert "All that is in" in after and "Rust in de klas" in after
    assert MapContribution.objects.count() == 1
    assert set(MapMark.objects.values_list("competence", "well")) == {(calm.pk, True), (music.pk, False)}
    mark(cast.noor, calm, 2)
    assert MapMark.objects.get(competence=calm).well is True, "what is scored later comes in by choice alone"


def test_marks_that_changed_since_the_list_was_shown_do_not_go_in(
    cast: Cast, calm: Competence, enter: Enter
) -> None:
    mark(cast.noor, calm, 8)
    noor = enter(cast.noor)
    seen = seen_in(page(noor, "join_map", cast.group))
    mark(cast.noor, calm, 2)
    assert "changed meanwhile" in send(noor, "join_map", cast.group, seen=seen).content.decode()
    assert "changed meanwhile" in send(noor, "join_map", cast.group, seen="x" * 64).content.decode()
    assert send(noor, "join_map", cast.group, seen="x" * 65).status_code == 200
    assert send(noor, "join_map", cast.group, seen="\0").status_code == 200
    assert not MapContribution.objects.exists()


def test_who_has_no_marks_is_shown_the_way_to_them(cast: Cast, calm: Competence, enter: Enter) -> None:
    text = page(enter(cast.noor), "join_map", cast.group)
    assert reverse("score_list", args=[calm.framework_id]) in text and "First give yourself marks" in text
    with pytest.raises(MoveRefused, match="no marks"):
        put_in(cast.group, cast.noor)


def test_once_in_a_map_and_in_one_map_a_year(cast: Cast, calm: Competence) -> None:
    all_in(cast.group, cast.members, calm, MIXED)
    with pytest.raises(MoveRefused, match="in already"):
        put_in(cast.group, cast.noor)
    other = make_group(cast.zandplaat, "IB", cast.members)
    with pytest.raises(MoveRefused, match="another group"):
        put_in(other, cast.noor)
    take_back(place(cast, cast.noor), NOW())
    put_in(other, cast.noor)
    make_map(cast.group, NOW()) if put_in(cast.group, joined(cast, calm)) else None
    take_back(place(cast, cast.tom), NOW())
    with pytest.raises(MoveRefused, match="another group"):
        put_in(other, cast.tom)


def joined(cast: Cast, calm: Competence) -> User:
    make_place(cast.group, cast.ilse)
    mark(cast.ilse, calm, 9)
    return cast.ilse


# -- the map -------------------------------------------------------------------------------------------------


def test_five_make_a_map_and_their_answers_are_gone(cast: Cast, calm: Competence, enter: Enter) -> None:
    all_in(cast.group, cast.members[:4], calm, MIXED[:4])
    noor = enter(cast.noor)
    assert "There is no map yet" in page(noor, "group_map", cast.group)
    assert "needs five people" in page(noor, "make_map", cast.group)
    refused = send(noor, "make_map", cast.group, together="on").content.decode()
    assert "five people put something in" in refused and not GroupMap.objects.exists()
    mark(cast.esra, calm, 3)
    mark(cast.esra, Competence.objects.get(title_nl="Muziek maken"), 9)
    put_in(cast.group, cast.esra)
    assert "The map can be made" in page(noor, "group_map", cast.group)
    assert "This field is required" in send(noor, "make_map", cast.group).content.decode()
    made = send(noor, "make_map", cast.group, together="on").content.decode()
    assert 'aria-label="At hand: most"' in made and "<td>most</td>" in made.replace("\n", "")
    assert words(cast.group) == {"Rust in de klas": Step.MOST}, "one alone put something in of the other"
    assert set(MapMark.objects.values_list("competence", "well")) == {(calm.pk, None)}
    assert MapContribution.objects.exclude(counted_at=None).count() == 5
    assert "has been made" in send(noor, "make_map", cast.group, together="on").content.decode()
    assert GroupMap.objects.count() == 1


@pytest.mark.parametrize(
    ("marks", "step"),
    [((0,) * 5, Step.FEW), ((6, 6, 5, 5, 5), Step.FEW), ((6, 6, 6, 0, 0), Step.MOST), ((10,) * 5, Step.MOST)],
)
def test_extremes_are_merged(cast: Cast, calm: Competence, marks: tuple[int, ...], step: Step) -> None:
    all_in(cast.group, cast.members, calm, marks)
    make_map(cast.group, NOW())
    assert words(cast.group) == {"Rust in de klas": step}


def test_the_page_is_the_same_whoever_comes_goes_or_changes(
    cast: Cast, calm: Competence, enter: Enter
) -> None:
    """Six put something in; what the rest see stays as it is until fewer than five stand by it."""
    sixth = joined(cast, calm)
    all_in(cast.group, [*cast.members, sixth], calm, (9, 9, 3, 3, 3, 9))
    make_map(cast.group, NOW())
    tom = enter(cast.tom)
    before = shown_to(tom, cast.group)
    assert "some" in before and words(cast.group) == {"Rust in de klas": Step.SOME}
    mark(cast.noor, calm, 0, NOW() + dt.timedelta(days=2))
    assert shown_to(tom, cast.group) == before
    newcomer = make_person("Nina Nieuw", cast.zandplaat)
    make_place(cast.group, newcomer)
    mark(newcomer, calm, 9)
    with pytest.raises(MoveRefused, match="has been made"):
        put_in(cast.group, newcomer)
    with pytest.raises(MoveRefused, match="has been made"):
        make_map(cast.group, NOW())
    assert shown_to(enter(newcomer), cast.group) == shown_to(tom, cast.group) == before
    take_back(place(cast, cast.noor), NOW())
    assert shown_to(tom, cast.group) == before
    place(cast, sixth).leave(NOW())
    assert not words(cast.group) and "At hand: some" not in page(tom, "group_map", cast.group)
    assert not MapMark.objects.filter(contribution__place__membership__person__in=[cast.noor, sixth]).exists()


def shown_to(client: Client, group: PopGroup) -> str:
    """The map itself, without what the reader put in."""
    text = page(client, "group_map", group)
    return text[text.index('class="rows have-need"') : text.index("</table>")]


def test_nothing_names_or_counts_who_takes_part(cast: Cast, calm: Competence, enter: Enter) -> None:
    all_in(cast.group, [cast.noor, cast.samir], calm, (9, 3))
    before = page(enter(cast.tom), "group_map", cast.group)
    put_in_by(cast, calm, cast.lieke)
    after = page(enter(cast.tom), "group_map", cast.group)
    assert without_tokens(before) == without_tokens(after)
    assert not [person.name for person in cast.members if person != cast.tom and person.first_name in after]


def put_in_by(cast: Cast, calm: Competence, person: User) -> None:
    mark(person, calm, 9)
    put_in(cast.group, person)


def without_tokens(text: str) -> str:
    return re.sub(r'(csrfmiddlewaretoken" value|X-CSRFToken"?:?)[^>]*', "", text)


# -- taking back ---------------------------------------------------------------------------------------------


def test_taking_back_is_at_once_and_leaves_nothing(cast: Cast, calm: Competence, enter: Enter) -> None:
    all_in(cast.group, cast.members, calm, MIXED)
    noor = enter(cast.noor)
    assert "Taken back" in send(noor, "leave_map", cast.group).content.decode()
    assert "nothing of yours" in send(noor, "leave_map", cast.group).content.decode()
    assert not MapMark.objects.filter(contribution__place__membership__person=cast.noor).exists()
    with pytest.raises(MoveRefused, match="five people"):
        make_map(cast.group, NOW())
    put_in(cast.group, cast.noor)
    make_map(cast.group, NOW())
    assert words(cast.group)
    send(noor, "leave_map", cast.group)
    assert not words(cast.group), "four are too few"


def test_what_one_put_in_goes_along_with_ones_own_things(cast: Cast, calm: Competence) -> None:
    all_in(cast.group, cast.members, calm, MIXED)
    mark_in = {"competence": calm.pk, "well": True}
    told = my_data(cast.noor)["maps"]
    assert told[0]["group"] == "Bovenbouw" and told[0]["marks"] == [mark_in]
    make_map(cast.group, NOW())
    assert my_data(cast.noor)["maps"][0]["marks"] == [{**mark_in, "well": None}]
    take_back(place(cast, cast.noor), NOW())
    [told] = my_data(cast.noor)["maps"]
    assert told["marks"] == [] and told["taken_back_at"] and told["added_up_at"]


def test_leaving_the_group_or_the_school_ends_it(cast: Cast, calm: Competence) -> None:
    all_in(cast.group, cast.members, calm, MIXED)
    place(cast, cast.noor).leave(NOW())
    assert MapContribution.objects.get(place__membership__person=cast.noor).ended_at
    membership = cast.tom.memberships.get()
    membership.valid_until = timezone.localdate() - dt.timedelta(days=1)
    membership.save()
    assert forget_contributions(NOW()) == 1 and forget_contributions(NOW()) == 0
    assert MapMark.objects.count() == 3
    call_command("clean_up")


def test_nobody_puts_something_into_a_map_of_the_past(cast: Cast, calm: Competence, enter: Enter) -> None:
    year = SchoolYear.start_of(timezone.localdate())
    PopGroup.objects.filter(pk=cast.group.pk).update(
        year=SchoolYear.objects.get_or_create(starts=year - 1)[0]
    )
    mark(cast.noor, calm, 9)
    group = PopGroup.objects.get(pk=cast.group.pk)
    with pytest.raises(MoveRefused, match="stands for this school year"):
        put_in(group, cast.noor)
    assert "This school year is over" in page(enter(cast.noor), "group_map", group)


# -- needs ---------------------------------------------------------------------------------------------------


def test_a_group_chooses_what_it_needs_and_reads_whether_it_has_it(
    cast: Cast, calm: Competence, enter: Enter
) -> None:
    music = Competence.objects.get(title_nl="Muziek maken")
    for person in cast.members:
        mark(person, music, 0)
    all_in(cast.group, cast.members, calm, MIXED)
    make_map(cast.group, NOW())
    noor = enter(cast.noor)
    numbers = {f"need_{calm.pk}": 3, f"need_{music.pk}": 4}
    assert "Saved" in send(noor, "map_needs", cast.group, **numbers).content.decode()
    text = page(noor, "group_map", cast.group)
    assert 'aria-label="Needed: 3 people"' in text and text.count('class="need-dot"') == 7
    for word in (">enough<", ">too little<"):
        assert text.count(word) == 2, "beside the picture and in the table"
    send(noor, "map_needs", cast.group, **{f"was_{calm.pk}": 3, f"was_{music.pk}": 4, f"need_{music.pk}": 2})
    assert dict(GroupNeed.objects.values_list("competence", "people")) == {music.pk: 2}
    assert ">talk it over<" in page(noor, "group_map", cast.group)


def test_two_who_choose_at_once_overwrite_nothing(cast: Cast, calm: Competence, enter: Enter) -> None:
    choose_needs(cast.group, [Wish(calm.pk, None, 2)])
    noor = enter(cast.noor)
    late = send(noor, "map_needs", cast.group, **{f"need_{calm.pk}": 4}).content.decode()
    assert "Somebody in your group" in late and "You typed: 4" in late
    assert GroupNeed.objects.get().people == 2
    for wish in (Wish(calm.pk, 3, 4), Wish(calm.pk, 3, None)):
        with pytest.raises(StaleMove):
            choose_needs(cast.group, [wish])
    assert choose_needs(cast.group, [Wish(calm.pk, None, 2)]) == 1, "the same choice is no quarrel"
    assert choose_needs(cast.group, [Wish(calm.pk, 2, 2)]) == 0
    assert GroupNeed.objects.get().people == 2


@pytest.mark.parametrize("number", ["0", "-1", "9", "drie", "99999999999999999999"])
def test_a_number_that_is_none(cast: Cast, calm: Competence, enter: Enter, number: str) -> None:
    text = send(enter(cast.noor), "map_needs", cast.group, **{f"need_{calm.pk}": number}).content.decode()
    assert "Not saved yet" in text and not GroupNeed.objects.exists()


# -- who --------------------------------------------------------------------------------------------------


def test_only_members_of_today(cast: Cast, calm: Competence, enter: Enter) -> None:
    all_in(cast.group, cast.members, calm, MIXED)
    make_map(cast.group, NOW())
    BoardDirector.objects.create(board=cast.board, person=cast.tom, valid_from=timezone.localdate())
    for person in (cast.karin, cast.hanneke, cast.bram, cast.olaf, cast.gone, cast.tom):
        client = enter(person)
        for name in ("group_map", "join_map", "make_map", "map_needs"):
            assert client.get(reverse(name, args=[cast.group.pk])).status_code in (403, 404), person
        assert client.post(reverse("leave_map", args=[cast.group.pk])).status_code in (403, 404)
    assert 'aria-label="At hand' in page(enter(cast.noor), "group_map", cast.group)
    assert reverse("group_map", args=[cast.group.pk]) in page(enter(cast.noor), "group", cast.group)
    assert reverse("group_map", args=[cast.group.pk]) not in page(enter(cast.karin), "group", cast.group)


def test_a_list_taken_out_of_use_does_not_take_the_map_along(cast: Cast, calm: Competence) -> None:
    all_in(cast.group, cast.members, calm, MIXED)
    make_map(cast.group, NOW())
    Framework.objects.get(key="kaart").retire()
    assert words(cast.group) == {"Rust in de klas": Step.MOST} and MapBar.objects.count() == 1
    with pytest.raises(MoveRefused):
        contribute(place(cast, cast.noor), "", NOW())


# -- the next year -------------------------------------------------------------------------------------------


def test_next_year_nobody_is_added_up_again(cast: Cast, calm: Competence) -> None:
    """Four of the same five and one other: who saw both maps would know what who left and who came had said."""
    all_in(cast.group, cast.members, calm, MIXED)
    make_map(cast.group, NOW())
    take_back(place(cast, cast.samir), NOW())
    cast.group.members.filter(membership__person=cast.tom).update(left_on=timezone.localdate())
    forget_contributions(NOW())
    starts = SchoolYear.start_of(timezone.localdate()) + 1
    with time_machine.travel(dt.datetime(starts, 9, 14, 9, tzinfo=dt.UTC)):
        newcomers = [make_person(f"Nieuw {n}", cast.zandplaat) for n in range(4)]
        people = [cast.noor, cast.samir, cast.tom, cast.lieke, *newcomers]
        group = make_group(cast.zandplaat, "Volgend jaar", people, joined=dt.date(starts, 9, 1))
        for person in people[:4]:
            mark(person, calm, 9)
            assert not lines_of(person, group), "also who took it back, left, or has another mark by now"
            with pytest.raises(MoveRefused, match="in a map before"):
                put_in(group, person)
        all_in(group, people[4:], calm, (9,) * 4)
        with pytest.raises(MoveRefused, match="five people"):
            make_map(group, NOW())
        mark(cast.noor, music := Competence.objects.get(title_nl="Muziek maken"), 9)
        assert [line.competence for line in lines_of(cast.noor, group)] == [music]
        put_in(group, cast.noor)
        make_place(group, cast.ilse, joined=dt.date(starts, 9, 1))
        all_in(group, [cast.ilse], calm, (9,))
        make_map(group, NOW())
        assert words(group) == {"Rust in de klas": Step.MOST}
