"""How the tables of plans enter a copy of what is held about one person."""

from pairs.service.bundle_sections import BundleSection

IN_FOCUS = ("episode__focus",)
BUNDLE_SECTIONS = (
    BundleSection("plans.Formulation", "Formulations", on="written_on", about=IN_FOCUS),
    BundleSection(
        "plans.FormulationPart",
        "Parts of formulations",
        on="formulation__written_on",
        about=("dyad", "caregiver"),
        else_about=("formulation__episode__focus",),
    ),
    BundleSection("plans.Plan", "Plans", on="made_on", about=("caregiver",), else_about=IN_FOCUS),
    BundleSection(
        "plans.PlanReview",
        "Reviews of plans",
        on="held_on",
        about=("plan__caregiver",),
        else_about=("plan__episode__focus",),
    ),
    BundleSection(
        "plans.DeclinedOffer",
        "What was declined",
        on="declined_on",
        about=("goal__dyad",),
        else_about=IN_FOCUS,
    ),
    BundleSection(
        "plans.HelpingAnswer", "Whether an intervention helps", on="asked_on", about=("use__episode__focus",)
    ),
    BundleSection("plans.CoWorker", "Colleagues who joined the work", on="since", about=IN_FOCUS),
    BundleSection("plans.FocusChange", "Changes of focus", on="since", about=("dyad",)),
    BundleSection("plans.GroupingStep", "Needs-based grouping", on="since", about=IN_FOCUS),
)
