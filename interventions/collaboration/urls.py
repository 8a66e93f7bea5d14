"""URLs of joint work, peer support (team and supporters' own pages) and hub consultation."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

asks_api = lazy_views("interventions.collaboration.hub_consultation.api")
joint_api = lazy_views("interventions.collaboration.joint_work.api")
peers_api = lazy_views("interventions.collaboration.peer_support.api")
asks = lazy_views("interventions.collaboration.hub_consultation.views")
joint = lazy_views("interventions.collaboration.joint_work.views")
peers = lazy_views("interventions.collaboration.peer_support.views.team")
supported = lazy_views("interventions.collaboration.peer_support.views.supporter")

urlpatterns = [
    path("families/<uuid:family_id>/joint-work/", joint.list_joint_work, name="joint-work"),
    path("families/<uuid:family_id>/new-joint-work/", joint.add_joint_work, name="new-joint-work"),
    path("joint-work/<uuid:joint_id>/terms/", joint.edit_joint_work_terms, name="joint-terms"),
    path("joint-work/<uuid:joint_id>/end/", joint.end_joint_work_page, name="joint-ending"),
    path("families/<uuid:family_id>/peer-support/", peers.show_peer_support, name="peer-support"),
    path(
        "families/<uuid:family_id>/new-peer-supporter/", peers.add_peer_supporter, name="new-peer-supporter"
    ),
    path("peer-support/<uuid:peer_id>/end/", peers.end_peer_support_page, name="peer-ending"),
    path("supported-families/", supported.list_supported_families, name="supported-families"),
    path("supported-families/<uuid:family_id>/", supported.show_supported_family, name="supported-family"),
    path("supported-families/<uuid:family_id>/new-line/", supported.add_peer_log, name="new-peer-log"),
    path("supported-families/<uuid:family_id>/worry/", supported.raise_worry_page, name="worry"),
    path(
        "supported-lines/<uuid:log_id>/in-error/", supported.mark_peer_log_in_error, name="peer-log-in-error"
    ),
    path("hub-requests/", asks.list_hub_requests, name="hub-asks"),
    path("families/<uuid:family_id>/hub-requests/", asks.list_family_hub_requests, name="family-asks"),
    path("families/<uuid:family_id>/new-hub-request/", asks.add_hub_request, name="new-ask"),
    path("hub-requests/<uuid:ask_id>/", asks.show_hub_request, name="ask"),
    path("hub-requests/<uuid:ask_id>/accept/", asks.accept_hub_request_page, name="take-ask"),
    path("hub-requests/<uuid:ask_id>/decline/", asks.decline_hub_request_page, name="decline-ask"),
    path("hub-requests/<uuid:ask_id>/answer/", asks.answer_hub_request_page, name="answer-ask"),
    path("hub-requests/<uuid:ask_id>/end/", asks.end_hub_request_page, name="end-ask"),
    path("hub-requests/<uuid:ask_id>/extend/", asks.extend_hub_access_page, name="prolong-ask"),
]
api_patterns = [
    path(
        "families/<uuid:family_id>/joint-work/", joint_api.list_or_create_joint_work, name="api-joint-works"
    ),
    path("joint-work/<uuid:joint_id>/", joint_api.show_or_edit_joint_work, name="api-joint-work"),
    path("joint-work/<uuid:joint_id>/end/", joint_api.end_joint_work_api, name="api-joint-ending"),
    path(
        "families/<uuid:family_id>/peer-support/",
        peers_api.list_or_link_peer_supporters,
        name="api-peer-support",
    ),
    path("families/<uuid:family_id>/peer-log/", peers_api.list_peer_log_api, name="api-peer-log"),
    path("peer-support/<uuid:peer_id>/end/", peers_api.end_peer_support_api, name="api-peer-ending"),
    path("supported-families/", peers_api.list_supported_families_api, name="api-supported-families"),
    path(
        "supported-families/<uuid:family_id>/",
        peers_api.show_supported_family_api,
        name="api-supported-family",
    ),
    path(
        "supported-families/<uuid:family_id>/lines/", peers_api.list_or_add_own_log_lines, name="api-own-log"
    ),
    path("supported-families/<uuid:family_id>/worry/", peers_api.raise_worry_api, name="api-worry"),
    path(
        "supported-lines/<uuid:log_id>/in-error/",
        peers_api.mark_log_in_error_api,
        name="api-peer-log-in-error",
    ),
    path("hub-requests/", asks_api.list_hub_requests_api, name="api-asked-of-us"),
    path(
        "families/<uuid:family_id>/hub-requests/",
        asks_api.list_or_create_hub_requests,
        name="api-family-asks",
    ),
    path("hub-requests/<uuid:ask_id>/", asks_api.show_hub_request_api, name="api-ask"),
    path("hub-requests/<uuid:ask_id>/accept/", asks_api.accept_hub_request_api, name="api-take-ask"),
    path("hub-requests/<uuid:ask_id>/decline/", asks_api.decline_hub_request_api, name="api-decline-ask"),
    path("hub-requests/<uuid:ask_id>/answer/", asks_api.answer_hub_request_api, name="api-answer-ask"),
    path("hub-requests/<uuid:ask_id>/end/", asks_api.end_hub_request_api, name="api-end-ask"),
    path("hub-requests/<uuid:ask_id>/extend/", asks_api.extend_hub_access_api, name="api-prolong-ask"),
]
