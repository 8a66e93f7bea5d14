"""The demo's words of messages, talks with colleagues and calls. Made up, like everything in the demo."""

TEXTS = (
    "Asked whether Thursday still suits; she answered that it does.",
    "Sent the address of the family hub again. She thanked us.",
    "She wrote that they had a better night.",
    "Wrote to say when we come tomorrow; she sent a smile back.",
    "She asked whether her mother may be there tomorrow. Of course.",
    "Sent a line to say that we look forward to seeing them.",
)
TALKS = (
    "Spoken about how the weighing went. She sees them next week and will say hello from us.",
    "She has noticed more eye contact. We agreed to look at feeding together.",
    "We agreed who visits when, so that the family is not asked twice.",
)
CALLS = (
    "She told how the week went. We spoke of the walk they both enjoy.",
    "She asked about sleep. I listened, and said that I would ask.",
)
COLLEAGUES = (
    ("Iona Modelford", "Health visitor", "Example Community Trust"),
    ("Lorcan Demowood", "General practitioner", "Sample Lane Surgery"),
    ("Nadia Mockridge", "Nursery nurse", "Demo Road Nursery"),
)
