"""Made-up posts: the hub's as in the staffing model, two satellites with vacancies, and two that are planned."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from interventions.posts.actions import add_post, fill_post
from interventions.posts.choices import Band, StaffGroup
from pairs.service.models import Site, User

COURSE = "Postgraduate certificate in CYP psychological trainings, 0-2 age group (12 months)"
COURSE_LASTS = timedelta(days=365)
HUB, FIRST, SECOND, THIRD, FOURTH = (
    "blackpool", "blackburn-with-darwen", "hyndburn", "preston", "barrow-in-furness",
)  # fmt: skip
PRACTITIONER = (StaffGroup.PRACTITIONER, Band.BAND_7)
THERAPIST = (StaffGroup.THERAPIST, Band.BAND_7)


@dataclass(frozen=True)
class MadeUpPost:
    """One post. ``held``: {username: whole-time equivalent}; ``begins``: of a site that is not open yet."""

    site: str
    title: str
    kind: tuple[StaffGroup, Band]
    wte: str
    held: tuple[tuple[str, str], ...] = ()
    begins: date | None = None
    trains: bool = False


POSTS = [
    MadeUpPost(HUB, "Clinical lead", (StaffGroup.CONSULTANT_PSYCHOLOGIST, Band.BAND_8C), "0.50",
               (("supervisor", "0.50"),)),
    MadeUpPost(HUB, "Clinical psychologist", (StaffGroup.PSYCHOLOGIST, Band.BAND_8A), "0.50"),
    MadeUpPost(HUB, "Service manager", (StaffGroup.SERVICE_MANAGER, Band.BAND_8A), "1.00", (("manager", "1.00"),)),
    MadeUpPost(HUB, "Parent-infant therapist", THERAPIST, "2.56",
               (("hub", "1.00"), ("blackpool-1", "0.80"), ("blackpool-2", "0.60"))),
    MadeUpPost(HUB, "Team administrator", (StaffGroup.ADMINISTRATION, Band.BAND_4), "0.80",
               (("administrator", "0.80"),)),
    MadeUpPost(FIRST, "Mental health practitioner", PRACTITIONER, "2.00",
               (("blackburn", "1.00"), ("blackburn-with-darwen-1", "0.60"))),
    MadeUpPost(FIRST, "Trainee parent-infant therapist", (StaffGroup.THERAPIST, Band.BAND_6), "1.00",
               (("trainee", "1.00"),), trains=True),
    MadeUpPost(FIRST, "Trainee parent-infant therapist", (StaffGroup.THERAPIST, Band.BAND_6), "1.00",
               (("blackburn-with-darwen-2", "0.80"),), trains=True),
    MadeUpPost(SECOND, "Mental health practitioner", PRACTITIONER, "2.00",
               (("hyndburn", "0.90"), ("hyndburn-1", "0.60"))),
    MadeUpPost(THIRD, "Mental health practitioner", PRACTITIONER, "2.00", begins=date(2027, 4, 1)),
    MadeUpPost(FOURTH, "Mental health practitioner", PRACTITIONER, "2.00", begins=date(2028, 4, 1)),
    MadeUpPost(HUB, "Assistant psychologist", (StaffGroup.ASSISTANT, Band.BAND_4), "1.00"),
]  # fmt: skip
WITHOUT_DIRECT_WORK = {StaffGroup.ADMINISTRATION, StaffGroup.SERVICE_MANAGER}
UNDATED = {"Assistant psychologist"}


def seed_posts(users: dict[str, User], until: date) -> int:
    """How many were made. ``users``: by username, of those who work in the demo."""
    sites = {site.code: site for site in Site.objects.all()}
    for made_up in POSTS:
        _seed_post(made_up, sites[made_up.site], users, until)
    return len(POSTS)


def _seed_post(made_up: MadeUpPost, site: Site, users: dict[str, User], until: date) -> None:
    by = users["administrator"]
    begins = None if made_up.title in UNDATED else made_up.begins or site.opens_on
    group, band = made_up.kind
    post = add_post(
        site=site, title=made_up.title, group=group, band=band, wte=Decimal(made_up.wte), funded_from=begins,
        funded_until=None,
        no_direct_work=group in WITHOUT_DIRECT_WORK, is_recruit_to_train=made_up.trains,
        course=COURSE if made_up.trains else "", by=by,
    )  # fmt: skip
    for username, wte in made_up.held:
        starts_on = max(begins, until - timedelta(days=200))
        fill_post(
            post=post, person=users[username], wte=Decimal(wte), starts_on=starts_on, ends_on=None,
            qualifies_on=starts_on + COURSE_LASTS if made_up.trains else None, by=by,
        )  # fmt: skip
