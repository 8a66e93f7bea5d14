"""The root URLconf: every app contributes its urlpatterns and api_patterns."""

from django.urls import include, path, re_path

from interventions.collaboration import urls as collaboration
from interventions.diary import urls as diary
from interventions.endings import urls as endings
from interventions.episodes import urls as episodes
from interventions.filming import urls as filming
from interventions.groups import urls as groups
from interventions.plans import urls as plans
from interventions.supervision import urls as supervision
from outcomes import urls as outcomes
from outcomes.experience import urls as experience
from pairs.access import urls as access
from pairs.api import urls as api
from pairs.families import urls as families
from pairs.geography import urls as geography
from pairs.matching import urls as matching
from pairs.safeguarding import urls as safeguarding
from pairs.service import urls as service
from pairs.submissions import urls as submissions
from pairs.village import urls as village
from pairs.web.lazy_views import lazy_views
from referrals import urls as referrals
from reporting.dashboards import urls as dashboards
from reporting.evidence import urls as evidence

api_errors = lazy_views("pairs.api.errors")

APP_URLS = (
    service,
    access,
    submissions,
    api,
    geography,
    families,
    matching,
    village,
    safeguarding,
    referrals,
    episodes,
    plans,
    diary,
    filming,
    groups,
    collaboration,
    endings,
    supervision,
    experience,
    outcomes,
    evidence,
    dashboards,
)

urlpatterns = [
    *(pattern for app_urls in APP_URLS for pattern in app_urls.urlpatterns),
    path("account/", include("pairs.access.account_urls")),
    path(
        "api/v1/",
        include([pattern for app_urls in APP_URLS for pattern in getattr(app_urls, "api_patterns", [])]),
    ),
    re_path(r"^api/", api_errors.respond_not_found),
]

handler400 = "pairs.access.error_responses.respond_bad_request"
handler403 = "pairs.access.error_responses.respond_permission_denied"
handler404 = "pairs.access.error_responses.respond_page_not_found"
handler500 = "pairs.access.error_responses.respond_server_error"
