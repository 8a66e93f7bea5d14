"""URLs of joint work, peer support (team and supporters' own pages) and hub consultation."""

from django.urls import path

from pairs.web.lazy_views import lazy_views, record_paths

asks_api = lazy_views("interventions.collaboration.hub_consultation.api")
joint_api = lazy_views("interventions.collaboration.joint_work.api")
peers_api = lazy_views("interventions.collaboration.peer_support.api")
asks = lazy_views("interventions.collaboration.hub_consultation.views")
joint = lazy_views("interventions.collaboration.joint_work.views")
peers = lazy_views("interventions.collaboration.peer_support.views.team")
supported = lazy_views("interventions.collaboration.peer_support.views.supporter")

urlpatterns = [
    path("families/<uuid:family_id>/joint-work/", joint.list_joint_work, name="joint-work"),
    path("families/<uuid:family_id>/new-joint-work/", joint.AddJointWorkPage, name="new-joint-work"),
    path("joint-work/<uuid:joint_id>/terms/", joint.JointWorkTermsPage, name="joint-terms"),
    path("joint-work/<uuid:joint_id>/end/", joint.EndJointWorkPage, name="joint-ending"),
    path("families/<uuid:family_id>/peer-support/", peers.show_peer_support, name="peer-support"),
    path(
        "families/<uuid:family_id>/new-peer-supporter/", peers.AddPeerSupporterPage, name="new-peer-supporter"
    ),
    path("peer-support/<uuid:peer_id>/end/", peers.EndPeerSupportPage, name="peer-ending"),
    path("supported-families/", supported.list_supported_families, name="supported-families"),
    path("supported-families/<uuid:family_id>/", supported.show_supported_family, name="supported-family"),
    path("supported-families/<uuid:family_id>/new-line/", supported.AddPeerLogPage, name="new-peer-log"),
    path("supported-families/<uuid:family_id>/worry/", supported.WorryPage, name="worry"),
    path("supported-lines/<uuid:log_id>/in-error/", supported.PeerLogInErrorPage, name="peer-log-in-error"),
    path("hub-requests/", asks.list_hub_requests, name="hub-asks"),
    path("families/<uuid:family_id>/hub-requests/", asks.list_family_hub_requests, name="family-asks"),
    path("families/<uuid:family_id>/new-hub-request/", asks.AskHubPage, name="new-ask"),
    path("hub-requests/<uuid:ask_id>/", asks.show_hub_request, name="ask"),
    path("hub-requests/<uuid:ask_id>/accept/", asks.AcceptHubRequestPage, name="take-ask"),
    path("hub-requests/<uuid:ask_id>/decline/", asks.DeclineHubRequestPage, name="decline-ask"),
    path("hub-requests/<uuid:ask_id>/answer/", asks.AnswerHubRequestPage, name="answer-ask"),
    path("hub-requests/<uuid:ask_id>/end/", asks.EndHubRequestPage, name="end-ask"),
    path("hub-requests/<uuid:ask_id>/extend/", asks.ExtendHubAccessPage, name="prolong-ask"),
]
api_patterns = [
    record_paths(
        "families/<uuid:family_id>/",
        path("joint-work/", joint_api.JointWorkList, name="api-joint-works"),
        path("peer-support/", peers_api.PeerSupportList, name="api-peer-support"),
        path("peer-log/", peers_api.PeerLogList, name="api-peer-log"),
        path("hub-requests/", asks_api.FamilyHubRequestList, name="api-family-asks"),
    ),
    path("joint-work/<uuid:joint_id>/", joint_api.JointWorkDetail, name="api-joint-work"),
    path("joint-work/<uuid:joint_id>/end/", joint_api.JointWorkEnding, name="api-joint-ending"),
    path("peer-support/<uuid:peer_id>/end/", peers_api.PeerSupportEnding, name="api-peer-ending"),
    path("supported-families/", peers_api.SupportedFamilyList, name="api-supported-families"),
    record_paths(
        "supported-families/<uuid:family_id>/",
        path("", peers_api.SupportedFamilyDetail, name="api-supported-family"),
        path("lines/", peers_api.OwnLogList, name="api-own-log"),
        path("worry/", peers_api.Worry, name="api-worry"),
    ),
    path("supported-lines/<uuid:log_id>/in-error/", peers_api.LogInError, name="api-peer-log-in-error"),
    path("hub-requests/", asks_api.HubRequestList, name="api-asked-of-us"),
    path("hub-requests/<uuid:ask_id>/", asks_api.HubRequestDetail, name="api-ask"),
    path("hub-requests/<uuid:ask_id>/accept/", asks_api.HubRequestAcceptance, name="api-take-ask"),
    path("hub-requests/<uuid:ask_id>/decline/", asks_api.HubRequestRefusal, name="api-decline-ask"),
    path("hub-requests/<uuid:ask_id>/answer/", asks_api.HubRequestAnswer, name="api-answer-ask"),
    path("hub-requests/<uuid:ask_id>/end/", asks_api.HubRequestEnding, name="api-end-ask"),
    path("hub-requests/<uuid:ask_id>/extend/", asks_api.HubAccessExtension, name="api-prolong-ask"),
]
