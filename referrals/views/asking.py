"""A family asks for help without an account: one page, one receipt, and nothing kept before it is sent."""

from django.conf import settings
from django.core import signing
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from pairs.access import limits, policy
from pairs.access.language import in_their_language
from pairs.submissions.actions import was_sent
from pairs.submissions.typed import Typed
from referrals.actions.asking import ask_for_help as keep
from referrals.forms.asking import AskForHelp
from referrals.rules.told import FIRST_READ

DOOR = "ask-for-help"
KNOWN = {"first_read": FIRST_READ, "quick_exit": settings.QUICK_EXIT_URL}
RECEIPT, RECEIPT_SECONDS = "referrals.receipt", 30 * 60


@policy.public
@csrf_exempt  # nothing is done in anybody's name here; so the page works with cookies off, and leaves none behind
@never_cache
@in_their_language
def ask_for_help(request):
    """The one page; sent twice it makes one referral, and what cannot be taken now keeps every word."""
    typed = Typed(request, kind=DOOR)
    form = AskForHelp(typed.data)
    if typed.posted and limits.is_full(request, DOOR) and not was_sent(typed.token):
        return _page(request, typed, form, too_many=True)
    try:
        path = typed.submitted(form, make=lambda: _counted(request, form), path_of=_receipt)
    except limits.TooMany:
        return _page(request, typed, form, too_many=True)
    return redirect(path) if path else _page(request, typed, form)


def _counted(request, form):
    limits.count(request, DOOR)
    return keep(**form.details())


def _page(request, typed, form, *, too_many=False):
    context = KNOWN | {"form": form, "typed": typed, "too_many": too_many}
    return render(request, "referrals/public/ask_for_help.html", context, status=429 if too_many else 200)


def _receipt(referral):
    """An address that tells the reference, for half an hour, to whoever has just sent it; it holds nothing else."""
    receipt = signing.TimestampSigner(salt=RECEIPT).sign(referral.reference)
    return f"{reverse('asked-for-help')}?receipt={receipt}"


@policy.public
@never_cache
@in_their_language
def asked_for_help(request):
    """It has arrived: the reference, when it is read, and what to do until then."""
    context = KNOWN | {"reference": _reference(request.GET.get("receipt", ""))}
    return render(request, "referrals/public/asked_for_help.html", context)


def _reference(receipt):
    """The reference of a receipt that is ours and still open, else ''."""
    try:
        return signing.TimestampSigner(salt=RECEIPT).unsign(receipt, max_age=RECEIPT_SECONDS)
    except signing.BadSignature:
        return ""
