"""How every address of the API reads, answers, refuses and is described. What an address does is in its own app."""
