"""Who was there besides the family: of another service, from the family's village, or one of ours."""

import functools

from django import forms

from interventions.episodes.actions import Colleague
from interventions.episodes.models import leads_at
from pairs.access.prepared_records import PreparedRecords
from pairs.service.refusals import Refused
from pairs.village.models import VillageMember


class Other(forms.Form):
    """One colleague: chosen from those who are known, or typed in."""

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


class OtherRows(forms.BaseFormSet):
    """Rows that stand beside the rows of who was expected, under a name of their own."""

    @classmethod
    def get_default_prefix(cls):
        return "others"


Others = forms.formset_factory(Other, formset=OtherRows, extra=1, max_num=10, absolute_max=10)


class Colleagues:
    """Everybody who may be chosen: professionals of the family's village, and those who work at the site."""

    def __init__(self, parts, *, but):
        """``parts``: called for the rows of ``parts_of_colleagues`` when they are first needed."""
        self._parts, self._but = parts, but

    @classmethod
    def of_family(cls, scope, family, *, but):
        """Of a family that was fetched in scope."""
        return cls(lambda: _COLLEAGUES.rows(scope, family=family.pk, site=family.site_id), but=but)

    @functools.cached_property
    def members(self):
        return {f"villagemember:{each.pk}": each for each in self._parts()["members"]}

    @functools.cached_property
    def users(self):
        return {f"user:{each.pk}": each for each in self._parts()["users"] if each.pk != self._but.pk}

    def rows(self, data):
        """The page's rows, each with those who may be chosen; a page that sends none of them has none."""
        sent = data is None or f"{Others.get_default_prefix()}-TOTAL_FORMS" in data
        return Others(data if sent else None, form_kwargs={"choices": self.choices})

    def choices(self):
        known = [(key, f"{each.name} ({each.described})") for key, each in self.members.items()]
        ours = [(key, f"{each}, one of us") for key, each in self.users.items()]
        return [("", "Nobody from this list"), *known, *ours]

    def of(self, formset):
        """[Colleague] of the rows that say somebody. Somebody else's id is refused."""
        rows = [(number, row.cleaned_data) for number, row in enumerate(formset.forms)]
        return [self._one(number, said) for number, said in rows if said.get("who") or said.get("name")]

    def _one(self, number, said):
        who = said.get("who")
        if not who:
            return Colleague(name=said["name"], role=said["role"], organisation=said["organisation"])
        if who in self.users:
            return Colleague(user=self.users[who])
        if who not in self.members:
            raise Refused({f"others.{number}.who": "Choose from the list."})
        member = self.members[who]
        return Colleague(name=member.name, role=member.role, organisation=member.organisation, member=member)


def parts_of_colleagues(family, site):
    """{part: QuerySet} by the ids of a family that was fetched in scope and its site: for one prepared statement."""
    members = VillageMember.objects.live().current().filter(family=family, kind="professional")
    members = members.order_by("closeness", "name", "id")
    return {
        "members": members.only("family", "kind", "name", "role", "organisation"),
        "users": leads_at(site).only("display_name", "username"),
    }


_COLLEAGUES = PreparedRecords(lambda scope, family, site: parts_of_colleagues(family, site))
