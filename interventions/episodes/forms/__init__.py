"""Forms of the work: the one parser of what pages and the API send about episodes, contacts and goals."""

from interventions.episodes.forms.contacts import Amendment, NewContact, Notes, ask_about_the_missed
from interventions.episodes.forms.episodes import NewGoal, OpenEpisode, OpenEpisodeOf, PlanAgreement
from interventions.episodes.forms.people import ExpectedPeople, People, Warned, called, rows_of

__all__ = [
    "Amendment",
    "ExpectedPeople",
    "NewContact",
    "NewGoal",
    "Notes",
    "OpenEpisode",
    "OpenEpisodeOf",
    "People",
    "PlanAgreement",
    "Warned",
    "ask_about_the_missed",
    "called",
    "rows_of",
]
