"""How the tables of episodes enter a copy of what is held about one person."""

from pairs.service.bundle_sections import BundleSection

CAME = ("participants__infant", "participants__caregiver")
AT_CONTACT = tuple(f"care_contact__{path}" for path in CAME)
IN_FOCUS = ("episode__focus",)
BUNDLE_SECTIONS = (
    BundleSection(
        "episodes.Episode", "Episodes of work", on="opened_on", about=("focus",), without=("focus",)
    ),
    BundleSection("episodes.InterventionUse", "Interventions", on="started_on", about=IN_FOCUS),
    BundleSection("episodes.InterventionWait", "Waits for an intervention", on="since", about=IN_FOCUS),
    BundleSection("episodes.Goal", "Goals", on="set_on", about=("dyad",), else_about=IN_FOCUS),
    BundleSection("episodes.CareContact", "Care contacts", on="starts_at", about=CAME),
    BundleSection(
        "episodes.Participant",
        "Attendance",
        on="care_contact__starts_at",
        about=("infant", "caregiver"),
    ),
    BundleSection(
        "episodes.ContactColleague",
        "Colleagues at contacts",
        on="care_contact__starts_at",
        about=AT_CONTACT,
        in_confidence=True,
    ),
    BundleSection(
        "episodes.NotePart",
        "Notes",
        on="care_contact__starts_at",
        about=("infant", "dyad", "caregiver"),
        else_about=AT_CONTACT,
        without=("subject",),
    ),
    BundleSection("episodes.CountersignStep", "Countersigning of notes", about=AT_CONTACT),
)
