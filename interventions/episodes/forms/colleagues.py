"""Colleagues at a contact: from another service, from the family's network, or our own."""

import functools

from django import forms

from interventions.episodes.actions import Colleague
from interventions.episodes.models import query_possible_leads
from pairs.access.prepared_records import PreparedRecords
from pairs.service.refusals import ActionRefused
from pairs.village.models import VillageMember


class ColleagueForm(forms.Form):
    """One colleague: chosen from the list, or typed in."""

    who = forms.CharField(label="Who", required=False, max_length=60, widget=forms.Select)
    name = forms.CharField(label="Or somebody else: their name", required=False, max_length=120)
    role = forms.CharField(label="Their role", required=False, max_length=80)
    organisation = forms.CharField(label="Their organisation", required=False, max_length=120)

    def __init__(self, *args, choices=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].widget.choices = choices

    def clean(self):
        cleaned = super().clean()
        typed = any(cleaned.get(name) for name in ("name", "role", "organisation"))
        if typed and cleaned.get("who"):
            self.add_error("name", "Choose from the list, or type a name: not both.")
        elif typed and not cleaned.get("name") and "name" not in self.errors:
            self.add_error("name", "Give their name.")
        return cleaned


class ColleagueBaseFormSet(forms.BaseFormSet):
    """Uses its own prefix, since it shares the page with the formset of expected people."""

    @classmethod
    def get_default_prefix(cls):
        return "others"


ColleagueFormSet = forms.formset_factory(
    ColleagueForm, formset=ColleagueBaseFormSet, extra=1, max_num=10, absolute_max=10
)


class ColleagueChoices:
    """The colleagues to choose from: professionals of the family's network, and the site's own staff."""

    def __init__(self, parts, *, but):
        """``parts``: returns the rows of the colleague queries; called when they are first needed."""
        self._parts, self._but = parts, but

    @classmethod
    def of_family(cls, scope, family, *, but):
        """The choices for a family that was fetched in scope."""
        return cls(lambda: _PREPARED_COLLEAGUES.rows(scope, family=family.pk, site=family.site_id), but=but)

    @functools.cached_property
    def members(self):
        return {f"villagemember:{each.pk}": each for each in self._parts()["members"]}

    @functools.cached_property
    def users(self):
        return {f"user:{each.pk}": each for each in self._parts()["users"] if each.pk != self._but.pk}

    def rows(self, data):
        """The formset with the choices of each row; unbound if the request sent none of its fields."""
        sent = data is None or f"{ColleagueFormSet.get_default_prefix()}-TOTAL_FORMS" in data
        return ColleagueFormSet(data if sent else None, form_kwargs={"choices": self.choices})

    def choices(self):
        known = [(key, f"{each.name} ({each.described})") for key, each in self.members.items()]
        ours = [(key, f"{each}, one of us") for key, each in self.users.items()]
        return [("", "Nobody from this list"), *known, *ours]

    def of(self, formset):
        """[Colleague] of the rows that name somebody. An id outside the choices is refused."""
        rows = [(number, row.cleaned_data) for number, row in enumerate(formset.forms)]
        return [
            self._to_colleague(number, said) for number, said in rows if said.get("who") or said.get("name")
        ]

    def _to_colleague(self, number, said):
        who = said.get("who")
        if not who:
            return Colleague(name=said["name"], role=said["role"], organisation=said["organisation"])
        if who in self.users:
            return Colleague(user=self.users[who])
        if who not in self.members:
            raise ActionRefused({f"others.{number}.who": "Choose from the list."})
        member = self.members[who]
        return Colleague(name=member.name, role=member.role, organisation=member.organisation, member=member)


def build_colleague_queries(family, site):
    """{part: QuerySet} for one prepared statement, by ids of a family fetched in scope and its site."""
    members = VillageMember.objects.live().current().filter(family=family, kind="professional")
    members = members.order_by("closeness", "name", "id")
    return {
        "members": members.only("family", "kind", "name", "role", "organisation"),
        "users": query_possible_leads(site).only("display_name", "username"),
    }


_PREPARED_COLLEAGUES = PreparedRecords(lambda scope, family, site: build_colleague_queries(family, site))
