"""A family's move from one site to another: offered, answered, handed over, and called back when it was wrong."""
