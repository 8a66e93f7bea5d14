"""Fields that a form does not have, sent with it all the same."""

from tests.project.form_sending import send_form_and_roll_back
from tests.project.test_models import APP_LABELS, list_our_models


def find_changes_by_extra_fields(page, plain, first, extra):
    """Does the form do anything else with these fields besides its own? ``first``: what came of it without."""
    client, path, form = page
    own = {field.partition("-")[0] for field in form["fields"]}
    second = send_form_and_roll_back(
        client, path, plain | {key: value for key, value in extra.items() if key not in own}
    )
    return (first[0].status_code, first[2]) != (second[0].status_code, second[2])


def build_extra_fields(homes):
    """Every field of every table of ours, and whatever would make somebody more than they are."""
    extra = {
        field.name: ["on"]
        for model in list_our_models()
        if model._meta.app_label in APP_LABELS
        for field in model._meta.get_fields()
        if not field.auto_created
    }
    for where in ("family", "site", "referral", "episode"):
        extra[where] = extra[f"{where}_id"] = [
            str(homes["hyndburn"].objects.get(f"{where}_id", homes["hyndburn"].site).pk)
        ]
    extra |= {
        "is_superuser": ["on"],
        "is_staff": ["on"],
        "restricted": ["on"],
        "user": [str(homes["hyndburn"].worker.pk)],
    }
    return extra
