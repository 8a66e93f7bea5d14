"""The baby is born."""

from django.contrib import messages
from django.shortcuts import redirect, render

from pairs.access import policy
from pairs.access.fetch import fetch
from pairs.families.actions import register_birth
from pairs.families.banner import banner_of, family_page
from pairs.families.forms import Birth
from pairs.families.models import Family, Infant
from pairs.service.refusals import Refused
from pairs.submissions.typed import Typed, show_refusal


@policy.permission("register_people")
def birth(request, infant_id):
    """The baby is born: the same record, now with a date of birth."""
    infant = fetch(request, Infant.objects.active().select_related("family"), pk=infant_id)
    family = fetch(request, Family.objects.with_people(), pk=infant.family_id, may="register_people")
    typed = Typed(request, kind="birth")
    form = Birth(typed.data, initial={"given_name": infant.given_name, "sex": infant.sex})
    if typed.ready(form):
        try:
            path = typed.submit(
                make=lambda: register_birth(infant=infant, by=request.user, **form.cleaned_data),
                path_of=lambda born: family_page(family),
            )
            messages.success(request, "The birth is registered.")
            return redirect(path)
        except Refused as refused:
            show_refusal(form, refused)
    context = {"form": form, "infant": infant, "banner": banner_of(family), "submission_token": typed.token}
    return render(request, "families/birth.html", context | {"family": family})
