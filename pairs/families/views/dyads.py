"""One infant and one carer: a relationship more, what is known of the two, and one that has ended."""

from pairs.access import policy
from pairs.families.record_forms import FamilyFormPage, carers
from pairs.families.views.carers import CarerPage, get_carer_path
from pairs.submissions.form_page import Link


@policy.permission("register_people")
class AddDyadPage(carers.AddDyad, CarerPage):
    """A relationship more, with a baby of this family or of another that one may open."""

    kind = "new-dyad"
    title = "New relationship"
    text = (
        "What is written about the two belongs to this family's record, whichever family holds the baby.",
    )
    button = "Save the relationship"
    message = "The relationship is recorded."


class DyadPage(FamilyFormPage):
    """A form about one infant and one carer, which leads back to the carer."""

    def get_back_link(self) -> Link:
        return Link(get_carer_path(self.record.caregiver))


@policy.permission("register_people")
class EditDyadPage(carers.UpdateDyad, DyadPage):
    """What is known of the two."""

    kind = "dyad-facts"
    message = "The change is saved."

    def get_title(self) -> str:
        return str(self.record)


@policy.permission("register_people")
class EndDyadPage(carers.EndDyad, DyadPage):
    """They are no longer carer and child to each other."""

    kind = "end-dyad"
    text = (
        "The two are no longer offered where one books or writes. Notes, measures and goals about them stay.",
        "If they come together again, record a new relationship.",
    )
    button = "End the relationship"
    danger = True
    message = "The relationship is ended. What was written about the two stays."

    def get_title(self) -> str:
        return f"Has this ended: {self.record}?"
