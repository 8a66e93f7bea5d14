"""The page between an empty time in the diary and the form that books a visit: whose visit is it?"""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from interventions.diary.bookable_work import list_bookable_work
from interventions.diary.diary_choice import read_wanted_time
from pairs.access import policy
from pairs.access.requests import ScopedRequest

PASSED_ON = ("on", "at", "minutes", "whose")


@policy.permission("write_records")
def choose_family_to_book(request: ScopedRequest) -> HttpResponse:
    """The families in work with whoever's diary it is; each leads to its form, with the time filled in."""
    wanted = read_wanted_time(request)
    passed_on = {name: request.GET[name] for name in PASSED_ON if request.GET.get(name)}
    context = {
        "wanted": wanted,
        "work": list_bookable_work(request, wanted.practitioner or request.user.pk),
        "asked": f"?{urlencode(passed_on)}" if passed_on else "",
    }
    return render(request, "diary/book_a_time.html", context)
