"""The API of endings: the same acts as the pages, through the pages' own forms and actions."""
