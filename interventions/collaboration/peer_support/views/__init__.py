"""Pages of peer support: the team's, and a peer supporter's own."""
