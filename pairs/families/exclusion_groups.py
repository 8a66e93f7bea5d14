"""The groups at risk of being left out to start with, in plain names; each service keeps its own list from there.

Drawn from the inclusion health groups that NHS England names and from what the service hears locally. They
say who may find services harder to reach, never what somebody is. A group is retired, never deleted.
"""

# code, name
INITIAL_EXCLUSION_GROUPS = [
    ("homeless", "Homeless, or in temporary housing"),
    ("traveller", "Gypsy, Roma and Traveller communities"),
    ("asylum", "Refugees, and people seeking asylum"),
    ("little-english", "Speaks little or no English"),
    ("substances", "Living with drug or alcohol dependence"),
    ("justice", "In contact with the police, courts or prison"),
    ("slavery", "Survivors of trafficking or modern slavery"),
    ("sex-work", "Sex workers"),
    ("learning-disability", "Parents with a learning disability"),
    ("armed-forces", "Armed forces families"),
]
