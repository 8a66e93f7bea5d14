"""Forms of the work: the one parser of what pages and the API send about episodes, contacts and goals."""

from interventions.episodes.forms.colleagues import Colleagues, Others, parts_of_colleagues
from interventions.episodes.forms.contacts import (
    Amendment,
    Countersigning,
    NewContact,
    NewLiaison,
    NewMessage,
    Notes,
    Starring,
    WrongRecord,
    ask_about_the_missed,
)
from interventions.episodes.forms.episodes import NewGoal, OpenEpisode, OpenEpisodeOf, PlanAgreement
from interventions.episodes.forms.people import ExpectedPeople, People, Warned, called, rows_of

__all__ = [
    "Amendment",
    "Colleagues",
    "Countersigning",
    "ExpectedPeople",
    "NewContact",
    "NewGoal",
    "NewLiaison",
    "NewMessage",
    "Notes",
    "OpenEpisode",
    "OpenEpisodeOf",
    "Others",
    "People",
    "PlanAgreement",
    "Starring",
    "Warned",
    "WrongRecord",
    "ask_about_the_missed",
    "called",
    "parts_of_colleagues",
    "rows_of",
]
