"""The API of plans: each act of the pages, through their own forms and actions."""
