"""The API of work done with others, a module a matter: through the pages' own forms and actions."""
