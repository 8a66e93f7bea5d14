"""The replies that go with a step of a referral: a row a person, drafted, edited and sent on the same page.

On a page::

    replies = replies_form(typed, referral, response=…, destinations=…, on=…)   # "question", "withdrawn" or an answer
    if not asks_for_drafts(request): path = typed.submitted(form, replies, make=lambda: …(replies=replies.drafts()), …)
    … {% from "referrals/_replies.html" import reply_rows %} {{ reply_rows(replies) }}

For the API: ``Sheet(form=…, formsets={"replies": reply_formset(referral)})``.
"""

from dataclasses import replace
from datetime import date

from django import forms
from django.http import QueryDict
from django.utils import timezone

from pairs.submissions.typed import without_complaints
from referrals.models import Destination, Referral, ReferredCaregiver
from referrals.recipients import owed_by, reaches_of, referrer_of
from referrals.rules.drafting import ANSWERS, Told, Turn, draft
from referrals.rules.replying import Reach, ReplyDraft, usual_way, why_not_way
from referrals.rules.sources import SELF
from referrals.rules.told import may_follow
from referrals.rules.words import REPLY_TO, REPLY_WAYS
from referrals.said import agreed_with

LONG = 10_000
NAMELESS = {"referrer": "Colleague", "family": "Parent or carer"}
NO_AGREEMENT = "The family has not agreed to the referral. If they are not to be told yet, say why."


class OneCarer(forms.ModelChoiceField):
    def label_from_instance(self, carer):
        return f"{carer.name or 'Name not known'}, {carer.get_relationship_display().lower()}"


class ReplyForm(forms.Form):
    """One reply to one person; or the reason why there is none."""

    to = forms.ChoiceField(choices=REPLY_TO, widget=forms.HiddenInput)
    carer = OneCarer(
        label="To which of them?", queryset=ReferredCaregiver.objects.none(), required=False,
        empty_label="Nobody named",
    )  # fmt: skip
    recipient = forms.CharField(label="Name, as it stands above the reply", max_length=160, required=False)
    way = forms.ChoiceField(
        label="How do they hear?", choices=[("", "Choose"), *REPLY_WAYS],
        error_messages={"required": "Choose how they hear"},
    )  # fmt: skip
    email = forms.EmailField(
        label="E-mail address", max_length=254, required=False,
        help_text="The e-mail holds the reference and a link; never the words below.",
    )  # fmt: skip
    address_lines = forms.CharField(
        label="Address on the letter",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    text = forms.CharField(
        label="What they are told", max_length=LONG, required=False, widget=forms.Textarea(attrs={"rows": 12})
    )
    why_none = forms.CharField(
        label="If there is no reply to them: why?", max_length=300, required=False,
        help_text="For example: no safe way to reach them yet; social care tells them.",
    )  # fmt: skip
    fields_to_referrer = ("way", "recipient", "email", "address_lines", "text", "why_none")
    fields_to_family = ("way", "carer", "recipient", "email", "address_lines", "text", "why_none")

    def __init__(self, *args, carers=None, **kwargs):
        super().__init__(*args, **kwargs)
        if carers is not None:
            self.fields["carer"].queryset = carers

    @property
    def shown(self):
        """Names of the fields that this row shows."""
        to_family = self["to"].value() == "family" and self.fields["carer"].queryset.exists()
        return self.fields_to_family if to_family else self.fields_to_referrer

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("carer") and cleaned.get("to") == "referrer":
            self.add_error("carer", "Leave this empty in a reply to the referrer")
        return cleaned

    def draft(self):
        """As the rule and the action take it."""
        cleaned = {name: value for name, value in self.cleaned_data.items() if name != "DELETE"}
        carer = cleaned.pop("carer")
        return ReplyDraft(**cleaned, carer=carer.pk if carer else None)


class BaseReplies(forms.BaseFormSet):
    """Rows of one referral: only its own carers can be chosen."""

    referral: Referral | None = None
    notes: dict[str, list[str]] = {}  # what to know of each before one writes, by "referrer" and "family"

    @classmethod
    def get_default_prefix(cls):
        return "replies"

    def get_form_kwargs(self, index):
        if self.referral is None:
            return {}
        more = {"initial": {"to": "family"}} if index is None else {}
        return {"carers": self.referral.caregivers.live()} | more

    def drafts(self):
        """A ReplyDraft for each row. Ask once it is valid."""
        return tuple(form.draft() for form in self.forms if form.cleaned_data)


ReplyFormSet = forms.formset_factory(
    ReplyForm, formset=BaseReplies, extra=0, min_num=0, max_num=6, absolute_max=7, validate_max=True
)


def reply_formset(referral: Referral) -> type[BaseReplies]:
    """The formset of this very referral."""
    return type("ReplyFormSet", (ReplyFormSet,), {"referral": referral})


def asks_for_drafts(request) -> bool:
    """Was the button pressed that only writes drafts? Nothing is kept then."""
    return request.method == "POST" and "write_drafts" in request.POST


def replies_form(typed, referral, *, response="", destinations=(), on, reason="", owed=None, fixed=False):
    """The rows of a page: drafted when it opens, as they were typed after that, drafted again when asked for.

    ``fixed``: the page is about one answer alone, and has no button that drafts anew.
    """
    people = _people(referral, on, owed)
    rows = [_row(referral, *each, response, destinations, reason) for each in people]
    made = reply_formset(referral)
    if asks_for_drafts(typed.request) and not fixed:
        drafts = _every_draft(people, destinations, reason)
        formset = made(_redrafted(typed.data, rows, drafts), initial=rows)
        without_complaints(formset)
    else:
        formset = made(typed.data, initial=rows)
    formset.notes = notes_for(referral, on)
    return formset


def _redrafted(data: QueryDict, rows, drafts) -> QueryDict:
    """The draft for the answer that is chosen now, where nobody has written words of their own."""
    posted = data.copy()
    for number, row in enumerate(rows):
        typed = "\n".join(posted.get(f"replies-{number}-text", "").split("\r\n")).strip()
        if not typed or typed in drafts:
            posted[f"replies-{number}-text"] = row["text"]
    return posted


def _every_draft(people, destinations, reason):
    """Every text that is a draft of ours, with the reason and the destinations and without."""
    return {
        draft(answer, to, _with(told, pointed, why)).strip()
        for to, _, told in people
        for answer in ANSWERS
        for pointed in ((), destinations)
        for why in ("", reason)
    }


def drafts_for(referral, response, destinations=(), on=None, *, reason="", owed=None):
    """A row, as the formset's initial, for everybody owed a reply: one named person, a safe way, words to edit.

    ``response``: one of RESPONSES, "question" or "withdrawn"; '' while no answer is chosen, for rows without words.
    """
    people = _people(referral, on or timezone.localdate(), owed)
    return [_row(referral, *each, response, destinations, reason) for each in people]


def _people(referral, on, owed):
    """(to, how to reach them, what their draft is made from) of everybody owed a reply."""
    agreed = agreed_with(referral.referrer, [referral]).get(referral.family_id) if referral.referrer else None
    told = Told(
        reference=referral.reference,
        recipient="",
        site=str(referral.site),
        child=_child(referral),
        own_help=referral.patient_id is not None,
        agreed=referral.permission == "parent_agrees",
        asked_themselves=referral.source_code == SELF or referral.door == "self",
        shared=may_follow(permission=referral.permission, agreed=agreed),
    )
    reached = {
        "referrer": referrer_of(referral),
        "family": next(iter(reaches_of(referral, on)), Reach(None, "")),
    }
    return [
        (to, reached[to], replace(told, recipient=reached[to].name or NAMELESS[to]))
        for to in owed or owed_by(referral)
    ]


def _child(referral):
    """Given names, as people speak of them; '' where any is not known yet."""
    names = [infant.given_name for infant in referral.infants.live()]
    return " and ".join(names) if all(names) else ""


def _row(referral, to, reach, told, response, destinations, reason):
    hidden = to == "family" and (reach.kept_back or reach.may_post is False)
    return {
        "to": to,
        "carer": reach.carer,
        "recipient": told.recipient,
        "way": _way(referral, to, reach),
        "email": reach.email,
        "address_lines": "" if hidden else reach.address_lines,
        "text": draft(response, to, _with(told, destinations, reason)) if response else "",
        "why_none": "",
    }


def _way(referral, to, reach):
    """To the referrer an e-mail where there is an address; to the family what is safe, or nothing yet."""
    if to == "referrer":
        return "email" if reach.email else "phone"
    return "none" if referral.permission == "lawful_basis" else usual_way(reach)


def _with(told, destinations, reason):
    return replace(told, turns=tuple(map(_turn, destinations)), reason=reason.strip())


def _turn(destination: Destination) -> Turn:
    return Turn(destination.name, destination.offers, destination.phone, destination.how_to_start)


def notes_for(referral: Referral, on: date) -> dict[str, list[str]]:
    """What to know of whoever is written to: which ways are not safe, and what they said of times."""
    said = [referral.safe_contact, f"Not safe: {referral.unsafe_times}" if referral.unsafe_times else ""]
    notes = [NO_AGREEMENT] if referral.permission == "lawful_basis" else []
    for reach in reaches_of(referral, on):
        why = [why_not_way(way, reach) for way in ("letter", "email", "phone")]
        notes += [f"{reach.name or 'Name not known'}: {each}" for each in why if each]
    return {"referrer": [], "family": [*notes, *filter(None, said)]}
