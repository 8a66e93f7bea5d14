"""How the diary enters a copy of what is held about one person."""

from pairs.service.bundle_sections import BundleSection

BUNDLE_SECTIONS = (
    BundleSection(
        "diary.Appointment",
        "Appointments",
        on="starts_at",
        about=("expected__infant", "expected__caregiver"),
        without=("travel_minutes",),
    ),
)
