"""Forms of a post, of filling it, and of a line of the planned establishment."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from interventions.posts.choices import Band, StaffGroup
from interventions.posts.models import MAX_POST_WTE
from pairs.service.models import Site, User
from pairs.web.date_fields import make_day_field


def make_wte_field(label: str, least: str, most: float, **options: Any) -> forms.DecimalField:
    """Whole-time equivalents to two places."""
    return forms.DecimalField(
        label=label,
        min_value=Decimal(least),
        max_value=Decimal(most),
        max_digits=5,
        decimal_places=2,
        **options,
    )


class PostForm(forms.Form):
    """A post that is there: what it is and from when until when it is funded."""

    conditional = ("course",)

    title = forms.CharField(label="Title", max_length=120)
    group = forms.ChoiceField(label="Role group", choices=StaffGroup)
    band = forms.ChoiceField(label="Pay band", choices=Band)
    wte = make_wte_field("Funded whole-time equivalent", "0.01", MAX_POST_WTE, help_text="For example: 0.6")
    funded_from = make_day_field(
        "Funded from", required=False, help_text="Leave empty while the post is planned without a date."
    )
    funded_until = make_day_field(
        "Last day of funding", required=False, help_text="Leave empty if none is set."
    )
    no_direct_work = forms.BooleanField(
        label="This post has no direct work with families", required=False,
        help_text="It then counts for no contacts and no caseload.",
    )  # fmt: skip
    is_recruit_to_train = forms.BooleanField(label="This is a recruit-to-train post", required=False)
    course = forms.CharField(
        label="Course", max_length=200, required=False, help_text="For a recruit-to-train post."
    )


class NewPostForm(PostForm):
    """A post, and the site that it belongs to."""

    site = forms.ModelChoiceField(Site.objects.all(), label="Site", to_field_name="code", empty_label=None)
    field_order = ("title", "site")


class FillingForm(forms.Form):
    """How much of a post somebody fills, and from when until when."""

    wte = make_wte_field("Whole-time equivalent that they fill", "0.01", 1, help_text="For example: 0.6")
    starts_on = make_day_field("From")
    ends_on = make_day_field("Last day", required=False, help_text="Leave empty if none is set.")
    qualifies_on = make_day_field(
        "Expected to qualify on", required=False, help_text="For a trainee in a recruit-to-train post."
    )


class NewFillingForm(FillingForm):
    """Who fills a post."""

    person = forms.ModelChoiceField(User.objects.none(), label="Who", empty_label="Choose a colleague")
    field_order = ("person",)

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people


class RemoveFillingForm(forms.Form):
    """Why what was recorded is wrong."""

    reason = forms.CharField(label="What is wrong", max_length=200)


class PlanLineForm(forms.Form):
    """The planned and recommended whole-time equivalents of one role group and band, and where they are from."""

    at_start = make_wte_field("At the start", "0", MAX_POST_WTE)
    additional = make_wte_field("Planned in addition", "0", MAX_POST_WTE)
    recommended = make_wte_field("Recommended", "0", MAX_POST_WTE)
    year = forms.IntegerField(label="By the year", min_value=2000, max_value=2100)
    source = forms.CharField(label="Source", max_length=200)
