"""Addresses of work done with others: joint work, peer support and a peer supporter's own pages, asking the hub."""

from django.urls import path

from pairs.service.lazy_views import lazy_views

asks_api = lazy_views("interventions.alongside.api.asks")
joint_api = lazy_views("interventions.alongside.api.joint")
peers_api = lazy_views("interventions.alongside.api.peers")
asks = lazy_views("interventions.alongside.views.asks")
joint = lazy_views("interventions.alongside.views.joint")
peers = lazy_views("interventions.alongside.views.peers")
supported = lazy_views("interventions.alongside.views.supported")

urlpatterns = [
    path("families/<uuid:family_id>/joint-work/", joint.joint_work, name="joint-work"),
    path("families/<uuid:family_id>/new-joint-work/", joint.new_joint_work, name="new-joint-work"),
    path("joint-work/<uuid:joint_id>/terms/", joint.joint_terms, name="joint-terms"),
    path("joint-work/<uuid:joint_id>/ending/", joint.joint_ending, name="joint-ending"),
    path("families/<uuid:family_id>/peer-support/", peers.peer_support, name="peer-support"),
    path(
        "families/<uuid:family_id>/new-peer-supporter/", peers.new_peer_supporter, name="new-peer-supporter"
    ),
    path("peer-support/<uuid:peer_id>/ending/", peers.peer_ending, name="peer-ending"),
    path("supported-families/", supported.supported_families, name="supported-families"),
    path("supported-families/<uuid:family_id>/", supported.supported_family, name="supported-family"),
    path("supported-families/<uuid:family_id>/new-line/", supported.new_peer_log, name="new-peer-log"),
    path("supported-families/<uuid:family_id>/worry/", supported.worry, name="worry"),
    path("supported-lines/<uuid:log_id>/in-error/", supported.peer_log_in_error, name="peer-log-in-error"),
    path("hub-asks/", asks.hub_asks, name="hub-asks"),
    path("families/<uuid:family_id>/asks/", asks.family_asks, name="family-asks"),
    path("families/<uuid:family_id>/new-ask/", asks.new_ask, name="new-ask"),
    path("asks/<uuid:ask_id>/", asks.ask, name="ask"),
    path("asks/<uuid:ask_id>/taking/", asks.take_ask, name="take-ask"),
    path("asks/<uuid:ask_id>/decline/", asks.decline_ask, name="decline-ask"),
    path("asks/<uuid:ask_id>/answer/", asks.answer_ask, name="answer-ask"),
    path("asks/<uuid:ask_id>/ending/", asks.end_ask, name="end-ask"),
    path("asks/<uuid:ask_id>/last-day/", asks.prolong_ask, name="prolong-ask"),
]
api_patterns = [
    path("families/<uuid:family_id>/joint-work/", joint_api.joint_works, name="api-joint-works"),
    path("joint-work/<uuid:joint_id>/", joint_api.joint_work, name="api-joint-work"),
    path("joint-work/<uuid:joint_id>/ending/", joint_api.joint_ending, name="api-joint-ending"),
    path("families/<uuid:family_id>/peer-support/", peers_api.peer_support, name="api-peer-support"),
    path("families/<uuid:family_id>/peer-log/", peers_api.peer_log, name="api-peer-log"),
    path("peer-support/<uuid:peer_id>/ending/", peers_api.peer_ending, name="api-peer-ending"),
    path("supported-families/", peers_api.supported_families, name="api-supported-families"),
    path("supported-families/<uuid:family_id>/", peers_api.supported_family, name="api-supported-family"),
    path("supported-families/<uuid:family_id>/lines/", peers_api.own_log, name="api-own-log"),
    path("supported-families/<uuid:family_id>/worry/", peers_api.worry, name="api-worry"),
    path("supported-lines/<uuid:log_id>/in-error/", peers_api.log_in_error, name="api-peer-log-in-error"),
    path("hub-asks/", asks_api.asked_of_us, name="api-asked-of-us"),
    path("families/<uuid:family_id>/asks/", asks_api.family_asks, name="api-family-asks"),
    path("asks/<uuid:ask_id>/", asks_api.ask, name="api-ask"),
    path("asks/<uuid:ask_id>/taking/", asks_api.taking, name="api-take-ask"),
    path("asks/<uuid:ask_id>/decline/", asks_api.decline, name="api-decline-ask"),
    path("asks/<uuid:ask_id>/answer/", asks_api.answer, name="api-answer-ask"),
    path("asks/<uuid:ask_id>/ending/", asks_api.ending, name="api-end-ask"),
    path("asks/<uuid:ask_id>/last-day/", asks_api.last_day, name="api-prolong-ask"),
]
