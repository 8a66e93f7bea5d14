"""One infant and one carer: a relationship more, what is known of the two, and one that has ended."""

from pairs.access import policy
from pairs.families.record_forms import FamilyFormPage, carers
from pairs.families.views.carers import CarerPage
from pairs.submissions.form_page import PageOf


@policy.permission("register_people")
class AddDyadPage(carers.AddDyad, CarerPage):
    """A relationship more, with a baby of this family or of another that one may open."""

    title = "New relationship"
    text = (
        "Notes about this relationship belong to this family's record, even if the baby's record is in another family.",
    )
    button = "Save the relationship"
    message = "Relationship added."


class DyadPage(FamilyFormPage):
    """A form about one infant and one carer, which leads back to the carer."""

    back = PageOf("caregiver", "record.caregiver")


@policy.permission("register_people")
class EditDyadPage(carers.UpdateDyad, DyadPage):
    """What is known of the two."""

    message = "The change is saved."

    def get_title(self) -> str:
        return str(self.record)


@policy.permission("register_people")
class EndDyadPage(carers.EndDyad, DyadPage):
    """They are no longer carer and child to each other."""

    text = (
        "They are no longer listed together for bookings or notes. Existing notes, measures and goals are kept.",
        "If the relationship starts again, record a new one.",
    )
    button = "End the relationship"
    danger = True
    message = "Relationship ended. Existing notes about it are kept."

    def get_title(self) -> str:
        return f"Has this ended: {self.record}?"
