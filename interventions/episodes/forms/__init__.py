"""Forms of episodes, contacts and goals, for pages and the API."""

from interventions.episodes.forms.colleagues import (
    ColleagueChoices,
    ColleagueFormSet,
    build_colleague_queries,
)
from interventions.episodes.forms.contacts import (
    AmendmentForm,
    CountersigningForm,
    NewContactForm,
    NewLiaisonForm,
    NewMessageForm,
    NotesForm,
    StarringForm,
    WrongRecordByIdForm,
    WrongRecordForm,
)
from interventions.episodes.forms.episodes import (
    NewGoalForm,
    OpenEpisodeForm,
    OpenReferralEpisodeForm,
    PlanAgreementForm,
)
from interventions.episodes.forms.people import (
    ContactPeopleFormSet,
    ExpectedPeopleFormSet,
    FamilyPeople,
    WarnedForm,
    get_display_name,
    label_rows,
)

__all__ = [
    "AmendmentForm",
    "ColleagueChoices",
    "ColleagueFormSet",
    "ContactPeopleFormSet",
    "CountersigningForm",
    "ExpectedPeopleFormSet",
    "FamilyPeople",
    "NewContactForm",
    "NewGoalForm",
    "NewLiaisonForm",
    "NewMessageForm",
    "NotesForm",
    "OpenEpisodeForm",
    "OpenReferralEpisodeForm",
    "PlanAgreementForm",
    "StarringForm",
    "WarnedForm",
    "WrongRecordByIdForm",
    "WrongRecordForm",
    "build_colleague_queries",
    "get_display_name",
    "label_rows",
]
