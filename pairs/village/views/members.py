"""The village as a list, where it is edited, and as a map of one child's."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils import timezone

from pairs.access import policy
from pairs.access.requests import ScopedRequest
from pairs.access.visible_records import get_visible_or_404, list_visible
from pairs.families.access import get_family
from pairs.families.models import Infant
from pairs.families.record_forms import FamilyFormPage
from pairs.families.record_pages import render_record_page
from pairs.submissions.form_page import PageOf
from pairs.village import record_forms
from pairs.village.forms import list_carers
from pairs.village.models import VillageMember
from pairs.village.village_map import build_village_map


@policy.permission("read_families", "govern_records")
def show_village(request: ScopedRequest, family_id: UUID) -> HttpResponse:
    """Everybody around the children, nearest first; and who used to be."""
    family = get_family(request, family_id)
    everybody = list_visible(request, VillageMember.objects.filter(family=family).nearest_first())
    today = timezone.localdate()
    context = {
        "members": [each for each in everybody if each.until is None or each.until > today],
        "former": [each for each in everybody if each.until and each.until <= today],
        "may_write": request.scope.may("register_people", at=family.site_id),
    }
    return render_record_page(request, "village/village.html", family, **context)


class VillagePage(FamilyFormPage):
    """A form that leads back to the village."""

    field_names = {"kind": "circle", "user": "account"}
    back = PageOf("village", "family", "Village")


@policy.permission("register_people")
class AddMemberPage(record_forms.AddMember, VillagePage):
    """Somebody more in the village."""

    title = "Add a person to the village"
    button = "Add"
    message = "Added to the village."


@policy.permission("register_people")
class EditMemberPage(record_forms.UpdateMember, VillagePage):
    """Change what is known of somebody in the village."""

    title = "Change their details"
    message = "Saved."


@policy.permission("register_people")
class EndMemberPage(record_forms.EndMember, VillagePage):
    """They are no longer in the village."""

    title = "Are they no longer in the village?"
    consequences = (
        "They are removed from the list and map, and stay in the record.",
        "Sharing agreements with them continue until withdrawn.",
    )
    danger = True
    message = "Removed. They stay in the list of people no longer involved."

    def get_text(self) -> tuple[str, ...]:
        return (f"{self.record.name}, {self.record.described}",)


@policy.permission("read_families", "govern_records")
def show_village_map(request: ScopedRequest, infant_id: UUID) -> HttpResponse:
    """One child's village, drawn; printed for somebody, it leaves out whoever they may not be told of."""
    infant = get_visible_or_404(request, Infant.objects.select_related("family"), pk=infant_id)
    family = get_family(request, infant.family_id)
    members = list_visible(request, VillageMember.objects.current().around(infant).nearest_first())
    readers = {f"{row._meta.model_name}:{row.pk}": row for row in [*list_carers(family), *members]}
    chosen = request.GET.get("for", "")
    if chosen and chosen not in readers:
        raise Http404
    drawn = build_village_map(infant, family, members, readers.get(chosen), timezone.localdate())
    context = {
        "infant": infant,
        "drawn": drawn,
        "readers": [(code, str(row)) for code, row in readers.items()],
        "chosen": chosen,
        "reader": str(readers[chosen]) if chosen else "",
        "today": timezone.localdate(),
    }
    return render_record_page(request, "village/village_map.html", family, **context)
