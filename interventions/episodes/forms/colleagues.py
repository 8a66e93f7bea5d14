"""Colleagues at a contact: from another service, from the family's network, or our own."""

import functools
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from interventions.episodes.actions import Colleague
from interventions.episodes.models import query_possible_leads
from pairs.access.prepared_records import PreparedRecords
from pairs.access.scope import Scope
from pairs.families.models import Family
from pairs.service.models import User
from pairs.service.refusals import ActionRefused
from pairs.village.models import VillageMember
from pairs.village.rules import MemberKind
from pairs.web.shared_fields import share_fields


@share_fields(but=("who",))
class ColleagueForm(forms.Form):
    """One colleague: chosen from the list, or typed in."""

    conditional = ("who", "name")  # needed of some answers

    who = forms.CharField(label="Who", required=False, max_length=60, widget=forms.Select)
    name = forms.CharField(label="Or someone else’s name", required=False, max_length=120)
    role = forms.CharField(label="Their role", required=False, max_length=80)
    organisation = forms.CharField(label="Their organisation", required=False, max_length=120)

    def __init__(self, *args: Any, choices: Callable[..., Any] | tuple[Any, ...] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["who"].widget.choices = choices

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        typed = any(cleaned.get(name) for name in ("name", "role", "organisation"))
        if typed and cleaned.get("who"):
            self.add_error("name", "Either choose from the list or enter a name, not both.")
        elif typed and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", "Enter their name.")
        return cleaned


class ColleagueBaseFormSet(forms.BaseFormSet):
    """Uses its own prefix, since it shares the page with the formset of expected people."""

    @classmethod
    def get_default_prefix(cls) -> str:
        return "others"


ColleagueFormSet = forms.formset_factory(
    ColleagueForm, formset=ColleagueBaseFormSet, extra=1, max_num=10, absolute_max=10
)


class ColleagueChoices:
    """The colleagues to choose from: professionals of the family's network, and the site's own staff."""

    def __init__(self, parts: Callable[..., Any], *, but: User) -> None:
        """``parts``: returns the rows of the colleague queries; called when they are first needed."""
        self._parts, self._but = parts, but

    @classmethod
    def of_family(cls, scope: Scope, family: Family, *, but: User) -> "ColleagueChoices":
        """The choices for a family that was fetched in scope."""
        return cls(lambda: _PREPARED_COLLEAGUES.rows(scope, family=family.pk), but=but)

    @functools.cached_property
    def members(self) -> dict[str, VillageMember]:
        return {f"villagemember:{each.pk}": each for each in self._parts()["members"]}

    @functools.cached_property
    def users(self) -> dict[str, User]:
        return {f"user:{each.pk}": each for each in self._parts()["users"] if each.pk != self._but.pk}

    def rows(self, data: QueryDict | None) -> Any:
        """The formset with the choices of each row; unbound if the request sent none of its fields."""
        sent = data is None or f"{ColleagueFormSet.get_default_prefix()}-TOTAL_FORMS" in data
        return ColleagueFormSet(data if sent else None, form_kwargs={"choices": self.choices})

    def choices(self) -> list[tuple[str, str]]:
        return self._choices

    @functools.cached_property
    def _choices(self) -> list[tuple[str, str]]:
        known = [(key, f"{each.name} ({each.described})") for key, each in self.members.items()]
        ours = [(key, f"{each}, colleague") for key, each in self.users.items()]
        return [("", "No one from this list"), *known, *ours]

    def of(self, formset: Any) -> list[Colleague]:
        """[Colleague] of the rows that name somebody. An id outside the choices is refused."""
        rows = [(number, row.cleaned_data) for number, row in enumerate(formset.forms)]
        return [
            self._to_colleague(number, said) for number, said in rows if said.get("who") or said.get("name")
        ]

    def _to_colleague(self, number: int, said: dict[str, str]) -> Colleague:
        who = said.get("who")
        if not who:
            return Colleague(name=said["name"], role=said["role"], organisation=said["organisation"])
        if who in self.users:
            return Colleague(user=self.users[who])
        if who not in self.members:
            raise ActionRefused({f"others.{number}.who": "Choose from the list."})
        member = self.members[who]
        return Colleague(name=member.name, role=member.role, organisation=member.organisation, member=member)


def build_colleague_queries(family: UUID) -> dict[str, QuerySet[Any]]:
    """{part: QuerySet} for one prepared statement, by the id of a family fetched in scope."""
    members = VillageMember.objects.live().current().filter(family=family, kind=MemberKind.PROFESSIONAL)
    members = members.order_by("closeness", "name", "id")
    return {
        "members": members.only("family", "kind", "name", "role", "organisation"),
        "users": query_possible_leads(Family.objects.filter(pk=family).values("site")).only(
            "display_name", "username"
        ),
    }


_PREPARED_COLLEAGUES = PreparedRecords(lambda scope, family: build_colleague_queries(family))
