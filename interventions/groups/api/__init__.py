"""The API of groups, through the forms and actions of its pages."""
