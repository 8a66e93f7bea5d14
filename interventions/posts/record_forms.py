"""What the forms of posts are about and do, for pages and API alike."""

from typing import Any

from django.db.models import QuerySet

from interventions.posts import actions, forms
from interventions.posts.models import PlanLine, Post, PostHolding
from pairs.service.models import User
from pairs.submissions.edits import EditForm
from pairs.submissions.record_forms import RecordForm

# Whoever has one of these works in the service; a referrer does not.
STAFF_PERMISSIONS = (
    "write_records", "read_families", "supervise", "triage_referrals", "support_families", "read_reports",
    "govern_records", "manage_accounts",
)  # fmt: skip
FILLING_FIELDS = ("wte", "starts_on", "ends_on", "qualifies_on")


class AddPost(RecordForm):
    form_class = forms.NewPostForm

    def save(self, form: forms.NewPostForm) -> Post:
        return actions.add_post(by=self.request.user, **form.cleaned_data)


class PostLookup(RecordForm):
    """A form about a post."""

    record: Post

    def get_records(self) -> QuerySet[Any]:
        return Post.objects.select_related("site")


class ChangePost(PostLookup, EditForm):
    form_class = forms.PostForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in forms.PostForm.base_fields}

    def save(self, form: forms.PostForm) -> Post:
        return actions.change_post(post=self.record, by=self.request.user, **form.cleaned_data)


class FillPost(PostLookup):
    form_class = forms.NewFillingForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {"people": User.objects.with_permission(*STAFF_PERMISSIONS)}

    def get_initial(self) -> dict[str, Any]:
        return {"wte": min(self.record.wte, 1)}

    def save(self, form: forms.NewFillingForm) -> PostHolding:
        return actions.fill_post(post=self.record, by=self.request.user, **form.cleaned_data)


class FillingRecordForm(RecordForm):
    """A form about somebody who fills a post."""

    record: PostHolding

    def get_records(self) -> QuerySet[Any]:
        return PostHolding.objects.select_related("post__site", "person")


class ChangeFilling(FillingRecordForm, EditForm):
    form_class = forms.FillingForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in FILLING_FIELDS}

    def save(self, form: forms.FillingForm) -> PostHolding:
        return actions.change_filling(holding=self.record, by=self.request.user, **form.cleaned_data)


class RemoveFilling(FillingRecordForm):
    form_class = forms.RemoveFillingForm

    def save(self, form: forms.RemoveFillingForm) -> PostHolding:
        return actions.remove_filling(holding=self.record, by=self.request.user, **form.cleaned_data)


class ChangePlanLine(EditForm):
    model, form_class = PlanLine, forms.PlanLineForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.record, name) for name in forms.PlanLineForm.base_fields}

    def save(self, form: forms.PlanLineForm) -> PlanLine:
        return actions.change_plan_line(line=self.record, by=self.request.user, **form.cleaned_data)
