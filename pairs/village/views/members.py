"""The village as a list, where it is edited, and as a map of one child's."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from pairs.access import policy
from pairs.access.fetch import fetch, fetch_list
from pairs.families.banner import banner_of
from pairs.families.models import Infant
from pairs.families.opened import family_of
from pairs.submissions.typed import Typed
from pairs.village import actions
from pairs.village.forms import Member, MemberEnd, carers_of
from pairs.village.map import map_for
from pairs.village.models import VillageMember
from pairs.village.views.shared import whose


def page(request, template, family, **context):
    """A record page of this module."""
    shared = whose(family) | {"banner": banner_of(family)}
    return render(request, f"village/{template}.html", shared | context)


def to_village(member):
    return reverse("village", args=[member.family_id])


@policy.permission("read_families", "govern_records")
def village(request, family_id):
    """Everybody around the children, nearest first; and who used to be."""
    family = family_of(request, family_id)
    everybody = fetch_list(request, VillageMember.objects.filter(family=family).nearest_first())
    today = timezone.localdate()
    context = {
        "members": [each for each in everybody if each.until is None or each.until > today],
        "former": [each for each in everybody if each.until and each.until <= today],
        "may_write": request.scope.may("register_people", at=family.site_id),
    }
    return page(request, "village", family, **context)


@policy.permission("register_people")
def new_village_member(request, family_id):
    """Somebody more in the village."""
    family = family_of(request, family_id, may="register_people")
    typed = Typed(request, kind="new-village-member")
    form = Member(typed.data, family=family)
    done = typed.submitted(
        form,
        make=lambda: actions.add_member(family=family, by=request.user, **form.details()),
        path_of=to_village,
        names={"kind": "circle", "user": "account"},
    )
    if done:
        messages.success(request, "They are in the village.")
        return redirect(done)
    return page(request, "new_member", family, form=form, submission_token=typed.token)


@policy.permission("register_people")
def village_member(request, member_id):
    """Change what is known of somebody in the village."""
    member = fetch(request, VillageMember.objects.select_related("family"), pk=member_id)
    family = family_of(request, member.family_id, may="register_people")
    typed = Typed(request, kind="village-member")
    form = Member(typed.data, family=family, initial=known_of(member))
    done = typed.submitted(
        form,
        make=lambda: actions.change_member(member=member, by=request.user, **form.details()),
        path_of=to_village,
        names={"kind": "circle", "user": "account"},
    )
    if done:
        messages.success(request, "Saved.")
        return redirect(done)
    return page(request, "member", family, form=form, member=member, submission_token=typed.token)


def known_of(member):
    """The form's values as they are now."""
    names = ("name", "role", "organisation", "phone", "email", "lines", "closeness", "since", "team")
    known = {name: getattr(member, name) for name in names}
    infant = f"infant:{member.infant_id}" if member.infant_id else ""
    return known | {"circle": member.kind, "infant": infant, "account": member.user_id}


@policy.permission("register_people")
def end_village_member(request, member_id):
    """They are no longer in the village."""
    member = fetch(request, VillageMember.objects.select_related("family"), pk=member_id)
    family = family_of(request, member.family_id, may="register_people")
    typed = Typed(request, kind="end-village-member")
    form = MemberEnd(typed.data, initial={"until": timezone.localdate()})
    done = typed.submitted(
        form,
        make=lambda: actions.end_member(member=member, by=request.user, **form.cleaned_data),
        path_of=to_village,
    )
    if done:
        messages.success(request, "Saved. They stay in the list of who used to be there.")
        return redirect(done)
    return page(request, "end_member", family, form=form, member=member, submission_token=typed.token)


@policy.permission("read_families", "govern_records")
def village_map(request, infant_id):
    """One child's village, drawn; printed for somebody, it leaves out whoever they may not be told of."""
    infant = fetch(request, Infant.objects.select_related("family"), pk=infant_id)
    family = family_of(request, infant.family_id)
    members = fetch_list(request, VillageMember.objects.current().around(infant).nearest_first())
    readers = {f"{row._meta.model_name}:{row.pk}": row for row in [*carers_of(family), *members]}
    chosen = request.GET.get("for", "")
    if chosen and chosen not in readers:
        raise Http404
    drawn = map_for(infant, family, members, readers.get(chosen), timezone.localdate())
    context = {
        "infant": infant,
        "drawn": drawn,
        "readers": [(code, str(row)) for code, row in readers.items()],
        "chosen": chosen,
        "reader": str(readers[chosen]) if chosen else "",
        "today": timezone.localdate(),
    }
    return page(request, "village_map", family, **context)
