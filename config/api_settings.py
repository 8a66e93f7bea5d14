"""Settings of the API and of its description."""

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["pairs.api.authentication.TokenOrSessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": [
        "rest_framework.permissions.AllowAny"
    ],  # the policy table decides, before DRF
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["pairs.api.parsers.SafeJSONParser"],
    "EXCEPTION_HANDLER": "pairs.api.errors.exception_handler",
    "DEFAULT_SCHEMA_CLASS": "pairs.api.descriptions.UndescribedSchema",
}
SPECTACULAR_SETTINGS = {
    "TITLE": "PaIRS API",
    "DESCRIPTION": "Everything the pages can do, for other systems. docs/api.md starts with a worked example.",
    "DEFAULT_GENERATOR_CLASS": "pairs.api.schema.PairsSchemaGenerator",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",  # plain JSON Schema, with null as a type
    "SERVERS": [{"url": "/", "description": "This installation"}],
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SERVE_AUTHENTICATION": ["pairs.api.authentication.TokenOrSessionAuthentication"],
    # An enumeration stands where it is used: lifted out, it would be named after whichever field came first.
    "POSTPROCESSING_HOOKS": ["pairs.api.schema.tidy_document"],
}
