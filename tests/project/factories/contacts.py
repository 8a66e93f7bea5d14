"""The sample families' contact notes: a colleague who was present, a countersigned note, a star."""

from interventions.episodes.models import ContactColleague, CountersignStep, NotePrompts, StarredContact


def create_note_reviews(home):
    """The signed contact was a joint one; it was given back once, and is starred."""
    signed = home.objects["signed_contact"]
    ContactColleague.objects.create(care_contact=signed, name=f"Colleague {home.name}", role="Nurse")
    CountersignStep.objects.create(
        care_contact=signed, status="returned", reason=f"Say who {home.name}", by=home.worker
    )
    StarredContact.objects.create(care_contact=signed, starred_by=home.worker)
    NotePrompts.objects.get_or_create(user=home.worker)
