"""The demo's signposting directory: made-up places to turn to, which look made up."""

from datetime import timedelta

from django.utils import timezone

from pairs.service.models import Place
from referrals.actions.destinations import retire_destination, save_directory_entry
from referrals.models import Destination

# name: (what families get, phone, website, how to start, districts)
DIRECTORY = {
    "Example Family Hub, Blackburn": (
        "A warm room with toys, other parents, and somebody to talk to", "01632 960201", "",
        "Drop in on any weekday morning", ("blackburn-with-darwen",),
    ),
    "Example Family Hub, Hyndburn": (
        "Stay and play, and help with benefits and housing", "01632 960202", "", "Drop in", ("hyndburn",),
    ),
    "Example Family Hub, Blackpool": (
        "Stay and play by the sea, and a breakfast for parents", "01632 960203", "", "Drop in", ("blackpool",),
    ),
    "Sample health visiting team": (
        "A visit at home about feeding, sleep and how you are", "01632 960204", "", "Ring, or ask at the baby clinic",
        (),
    ),
    "Mockridge infant feeding helpers": (
        "Help with feeding, at home or by phone, from mothers who have been there", "01632 960205", "", "Ring", (),
    ),
    "Draftley Dads (example)": (
        "A Saturday group for fathers and their babies", "", "https://dads.example", "Come along on Saturday at ten",
        ("blackburn-with-darwen", "hyndburn"),
    ),
    "Specimen talking therapies": (
        "Talking help for low mood and worry, for adults", "01632 960206", "https://talking.example",
        "Ring, or fill in the form on the website", (),
    ),
    "Demo Road Nursery": (
        "Two-year-old places, and a quiet room for settling in", "01632 960207", "", "Ring and ask for a visit",
        ("blackburn-with-darwen",),
    ),
    "Trialston bereavement circle (example)": (
        "For parents whose baby died, whenever that was", "01632 960208", "", "Ring; somebody rings you back", (),
    ),
    "Testlake maternal mental health team": (
        "For pregnant women and new mothers who are very unwell", "01632 960209", "", "Your midwife or GP asks for it",
        (),
    ),
    "Modelford neonatal parents (example)": (
        "Parents whose babies were in neonatal care meet others", "", "https://neonatal.example", "Write to them", (),
    ),
    "Demowood home visitors (example)": (
        "A volunteer who comes once a week and lends a hand", "01632 960210", "", "Ring", ("blackpool", "hyndburn"),
    ),
}  # fmt: skip
UNCHECKED_DESTINATION = "Demo Road Nursery"
RETIRED_DESTINATION = "Modelford neonatal parents (example)"


def seed_directory() -> None:
    """As supervisors would keep it: one waits to be checked again, one is retired."""
    for name, (offers, phone, website, how_to_start, places) in DIRECTORY.items():
        save_directory_entry(
            name=name,
            offers=offers,
            phone=phone,
            website=website,
            email="",
            how_to_start=how_to_start,
            places=Place.objects.filter(code__in=places),
        )
    Destination.objects.filter(name=UNCHECKED_DESTINATION).update(
        checked_on=timezone.localdate() - timedelta(days=400)
    )
    retire_destination(destination=Destination.objects.get(name=RETIRED_DESTINATION))
