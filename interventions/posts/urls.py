"""URLs of posts, the planned establishment and capacity."""

from django.urls import path

from pairs.web.lazy_views import lazy_views

views = lazy_views("interventions.posts.views")
api = lazy_views("interventions.posts.api")

urlpatterns = [
    path("posts/", views.list_posts, name="posts"),
    path("posts/new/", views.AddPostPage, name="new-post"),
    path("posts/<uuid:post_id>/", views.show_post, name="post"),
    path("posts/<uuid:post_id>/change/", views.ChangePostPage, name="change-post"),
    path("posts/<uuid:post_id>/holders/new/", views.FillPostPage, name="fill-post"),
    path("post-holders/<uuid:holding_id>/", views.ChangeFillingPage, name="change-post-holder"),
    path("post-holders/<uuid:holding_id>/remove/", views.RemoveFillingPage, name="remove-post-holder"),
    path("establishment/", views.show_establishment, name="establishment"),
    path("establishment/<uuid:plan_line_id>/", views.ChangePlanLinePage, name="change-plan-line"),
    path("capacity/", views.show_capacity, name="capacity"),
]
api_patterns = [
    path("posts/", api.PostList, name="api-posts"),
    path("posts/<uuid:post_id>/", api.PostDetail, name="api-post"),
    path("posts/<uuid:post_id>/holders/", api.PostHoldingList, name="api-post-holders"),
    path("post-holders/<uuid:holding_id>/", api.PostHoldingDetail, name="api-post-holder"),
    path("post-holders/<uuid:holding_id>/remove/", api.PostHoldingRemoval, name="api-remove-post-holder"),
    path("establishment/", api.PlanLineList, name="api-establishment"),
    path("establishment/<uuid:plan_line_id>/", api.PlanLineDetail, name="api-plan-line"),
    path("capacity/", api.CapacityList, name="api-capacity"),
]
