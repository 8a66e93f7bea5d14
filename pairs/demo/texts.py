"""Words for made-up lives: names, what was noticed, hopes, notes and endings, mixed so that no two need be alike.

Names look made up on purpose; no sentence comes from a real record.
"""

GIRLS = [
    "Ada",
    "Aisha",
    "Amelia",
    "Ayesha",
    "Beatrix",
    "Carys",
    "Elsie",
    "Fatima",
    "Freya",
    "Grace",
    "Hafsa",
    "Imani",
    "Isla",
    "Ivy",
    "Jannat",
    "Kasia",
    "Leila",
    "Lottie",
    "Maryam",
    "Mila",
    "Nell",
    "Noor",
    "Olive",
    "Orla",
    "Poppy",
    "Rosa",
    "Safa",
    "Sienna",
    "Thea",
    "Willow",
    "Zara",
    "Zofia",
]
BOYS = [
    "Adam",
    "Alfie",
    "Arlo",
    "Bilal",
    "Caleb",
    "Dylan",
    "Eesa",
    "Elias",
    "Ezra",
    "Finn",
    "Hamza",
    "Harris",
    "Ibrahim",
    "Idris",
    "Jakub",
    "Jude",
    "Kian",
    "Leo",
    "Luca",
    "Musa",
    "Noah",
    "Otis",
    "Rafi",
    "Reuben",
    "Rohan",
    "Rory",
    "Teddy",
    "Theo",
    "Tomasz",
    "Yusuf",
    "Zain",
    "Zachary",
]
WOMEN = [
    "Abigail",
    "Aneesa",
    "Bethany",
    "Chantelle",
    "Chloe",
    "Danielle",
    "Ewa",
    "Farah",
    "Gemma",
    "Hannah",
    "Iqra",
    "Jade",
    "Jodie",
    "Kayleigh",
    "Lauren",
    "Magda",
    "Natasha",
    "Nabila",
    "Paige",
    "Rabia",
    "Rebecca",
    "Saima",
    "Shannon",
    "Sophie",
    "Stacey",
    "Tahira",
    "Uzma",
    "Vicky",
    "Yasmin",
    "Zoe",
]
MEN = [
    "Aaron",
    "Adeel",
    "Ben",
    "Callum",
    "Connor",
    "Daniel",
    "Faisal",
    "Gary",
    "Hassan",
    "Imran",
    "Jake",
    "James",
    "Kieran",
    "Kyle",
    "Lee",
    "Liam",
    "Marcin",
    "Nathan",
    "Omar",
    "Piotr",
    "Rashid",
    "Ryan",
    "Sajid",
    "Scott",
    "Shaun",
    "Tariq",
    "Tom",
    "Usman",
    "Waqas",
    "Will",
]
SURNAMES = [
    "Testlake",
    "Exampleton",
    "Sampleby",
    "Demowood",
    "Mockridge",
    "Trialston",
    "Draftley",
    "Specimen",
    "Modelford",
    "Testerfield",
    "Exampleby",
    "Samplewell",
    "Demoor",
    "Mockingham",
    "Trialby",
    "Draftworth",
    "Placeholder",
    "Fictley",
    "Notreal",
    "Madeupton",
]
STREETS = [
    "Example Street",
    "Sample Road",
    "Demo Terrace",
    "Placeholder Close",
    "Trial Avenue",
    "Specimen Lane",
    "Model Row",
]
LANGUAGES = {
    "J": "Urdu",
    "H": "Gujarati",
    "K": "Bengali",
    "C": "Polish",
    "S": "Arabic",
    "N": "French",
    "L": "Pashto",
    "R": "Cantonese",
}

# The service's concerns in two voices are its own list; these are what a referrer wrote beside them.
NOTICED = (
    "{parent} looks away when {baby} cries and says it is easier if somebody else picks {them} up.",
    "{baby} settles quickly with anybody who comes to the door, and does not look round for {parent}.",
    "Feeds are tense. {parent} holds {baby} facing outwards and talks to me rather than to {them}.",
    "The birth was frightening for everybody. {parent} says there is a film of it that will not stop.",
    "{parent} describes {baby} as cross and demanding; in the room I see a baby who is trying hard to be noticed.",
    "There is a lot of love here, and a lot of worry. {parent} checks {baby}'s breathing through the night.",
    "{parent} grew up in care and says nobody showed them how to do this.",
    "{baby} was on the neonatal unit for three weeks, and {parent} still feels like a visitor.",
    "The two of them seem a little out of step: {parent} waits for a smile, and {baby} has already looked away.",
    "{parent} is low and tired, and says {baby} deserves somebody better.",
    "Sleep has come apart for the whole family. Everybody is at the end of their strength by teatime.",
    "{parent} has moved twice since the birth, and there are few people to call on.",
)
NOTICED_UNBORN = (
    "{parent} does not talk about the baby, and changes the subject when asked about names.",
    "A loss last year. {parent} says it is safer not to hope yet.",
    "{parent} is frightened of the birth, and of passing on what happened in their own childhood.",
    "The pregnancy was a shock. {parent} would like somebody to think with before the baby comes.",
)
NOTICED_AGAIN = (
    "The old worry has come back since they moved house, and they ask for the same worker.",
    "Things went well for months; since the summer they are often cross with each other again.",
)
NOTICED_MORE = (
    "I think they would come if somebody rang first.",
    "Grandmother helps twice a week.",
    "Their health visitor continues to see them at home.",
    "{parent} asked for this referral.",
    "There is an older child who is doing well at nursery.",
    "Social care closed last month; no concerns about care.",
    "Weight gain is good.",
    "They like the stay-and-play on Thursdays.",
    "",
)
PARENT_SAYS = (
    "I love {them} but I can't feel it.",
    "I just want to know what {they} want{s}.",
    "It feels like {they} {do}n't like me.",
    "I don't want {them} to have the childhood I had.",
    "I feel like I'm on the outside looking in.",
    "I want to enjoy my baby.",
    "",
)
HOPES = (
    "To feel closer, and to enjoy the ordinary moments.",
    "To understand what {baby} is telling us.",
    "Somebody to talk to about the birth, with {baby} there.",
    "To be less frightened when {baby} cries.",
    "For both parents to find their own way of being with {baby}.",
    "",
)
GOALS = (
    "To look forward to the mornings with {baby}",
    "To know what the different cries mean",
    "To hold {baby} without feeling scared",
    "To play together for ten minutes a day, without the phone",
    "To put {baby} to bed without both of us in tears",
    "To talk to the bump, even when it feels silly",
    "To leave {baby} with Nan for an hour, and not worry",
    "To share looking after {baby} between the two of us",
)
HAPPENED = (
    "We met {where}. {parent} had had a hard week and we began there, with {baby} on the mat between us.",
    "{where_cap}. We looked at a clip from last time and stopped it where {baby} reached out.",
    "{parent} talked about their own mother while {baby} slept; when {baby} woke we turned to {them} together.",
    "A quieter session {where}. Long stretches of play with very little said.",
    "{parent} arrived worn out. We thought about how hard it is to take things in when nobody has slept.",
    "We talked about the birth again, slowly, with a hand on {baby}'s back.",
    "{parent} had noticed {baby} watching the light on the wall, and told me about it before I had sat down.",
    "We spoke about bath time, which has become the worst part of the day, and what {baby} might make of it.",
    "Both parents were there. We watched how {baby} looks from one to the other, and waited.",
)
HAPPENED_AWAY = (
    "We spoke {where}. {parent} told me about the week while {baby} made sounds in the background.",
    "Half an hour {where}: what has been hard, and one moment that went well.",
    "{where_cap} today, since everybody has a cold. {parent} sounded tired, and hopeful about Sunday's walk.",
)
HAPPENED_UNBORN_AWAY = (
    "We spoke {where} about the last scan, and about who will be there at the birth.",
    "{where_cap} today. {parent} had felt the baby move in the night and wanted to tell somebody.",
)
HAPPENED_UNBORN = (
    "We met {where} and spoke about the scan, and what it was like to see a face.",
    "{parent} had thought about a name and did not want to say it aloud yet.",
    "We imagined the first hour after the birth, and who should be in the room.",
)
BABY_TOLD = (
    "I can look for a long time when nobody hurries me.",
    "When your face goes still I work very hard, and then I stop.",
    "I like it when you say what I am doing.",
    "I turned away because it was a lot; I came back when you waited.",
    "I reached for your sleeve, and you saw.",
    "I cry loudest when I cannot find you.",
    "I laughed first today, and you laughed after me.",
    "Being put down is hard for me; being told first helps.",
    "I kept hold of your finger the whole time you were sad.",
    "I showed you the red cup three times. The third time you showed me it back.",
)
BABY_TOLD_UNBORN = (
    "I moved when you went quiet, and your hand came.",
    "I know your voice already.",
    "There is room for me to be thought about now.",
)
NEXT = (
    "Same time next week. I will bring the clip we liked.",
    "{parent} will notice one moment a day when {baby} looks first.",
    "Ring on Thursday to see how the night went.",
    "Next time with both parents if shifts allow.",
    "I will speak with the health visitor, as agreed with {parent}.",
    "Look together at the second half of the film.",
    "Review our goals next time.",
)
MISSED = {
    "not_brought": (
        "Nobody at home. I left a card without details, will ring tomorrow, and keep {baby} in mind.",
        "Not here today. I rang and we spoke briefly; {parent} would like to come next week.",
        "No answer at the door or by phone. I will think about this with my supervisor before writing.",
    ),
    "cancelled_family": (
        "A message came an hour before: too much on today. Offered Thursday instead.",
        "{parent} rang this morning: {baby} has a temperature. Next week, same time.",
    ),
    "cancelled_service": (
        "I was unwell, and the team rang {parent} to say so and to find another time.",
        "The room was flooded. I rang, apologised and offered the first free morning.",
    ),
    "late_not_seen": (
        "The bus did not come; when {parent} arrived the next family was here. We found another time.",
    ),
}
SUMMARIES = (
    "{parent} finds {baby} easier to read and says so. There is more play, and crying is less frightening.",
    "{parent} and {baby} look for one another now. Bad days still come; they are put right sooner.",
    "We thought a good deal about the birth. It can be spoken of now with {baby} in the room, and then put away.",
    "Things are steadier. {parent} knows what helps {baby} and who to ring. Sleep is still hard.",
    "The family did as much as felt right for now, and knows the door is open.",
    "We met only a few times. {parent} felt heard and would rather go on with the health visitor.",
)
SUMMARY_LOSS = (
    "The family's baby died. We stayed alongside for as long as they wished, and said how to find us."
)
CONDOLENCE = (
    "I rang to say how sorry we are, and listened. I told them of a bereavement circle for parents whose baby died, "
    "and that I can ask there for them, now or later."
)
AFTER_CONDOLENCE = "They ring when they would like to talk. I ring once more in two weeks, as we agreed."
HOLDERS = (
    "Health visitor",
    "Health visitor and family hub",
    "Talking therapies",
    "Perinatal mental health team",
    "The family's GP",
)
ALARMS = (
    "Parent spoke of feeling that the family would be better off without them. Says there is no plan; partner at home.",
    "Bruise to the baby's cheek, explained as a fall from the sofa. Not yet mobile.",
    "Parent said they are afraid of their partner and asked for no calls in the evening.",
    "Parent has stopped their medicine and is sleeping two hours a night.",
    "Home is without heating or electricity, and the baby is four weeks old.",
)
ALARM_ACTIONS = (
    "Spoke with the parent and the health visitor the same day. Safety plan agreed and written with them.",
    "Discussed with the safeguarding lead; referred to children's social care with the parent's knowledge.",
    "GP rang the parent within the hour. Crisis line number given; seen again tomorrow.",
)
ALARM_CLOSED = "Reviewed with supervisor: the plan is holding and others are involved. Can be closed."
NOT_FOR_US = (
    (
        "The worry is about the parents' own relationship; couple support fits better.",
        "Relationship counselling, family hub",
    ),
    ("The parent needs help for themselves first, and agrees.", "Talking therapies"),
    ("An assessment of development is asked for.", "Community paediatrics"),
    ("Another team is already doing this work with the family.", "Perinatal mental health team"),
)
WITHDRAWN = (
    "The family asked: they would rather wait, and know how to come back.",
    "Whoever referred asked: the family has moved away.",
    "Closed by us: referred twice; see the other.",
)
MORE_ASKED = (
    "Does the parent know about this referral, and who lives at home?",
    "Please say who is the best person to ring, and when.",
)
THRIVE_WHY = (
    "Goals-based work on the relationship is asked for.",
    "Several services, and a relationship under strain.",
    "Advice and one or two conversations may be enough.",
)
LAWFUL = "The parent could not be asked on the day; a risk to the baby had to be shared with the team that can help."
SAFE_CONTACT = (
    "Text first, then ring.",
    "Mornings only.",
    "Do not leave messages on the landline.",
    "",
    "",
    "",
    "",
)
SUPERVISION = (
    "Thought about pace, and about what is stirred up by this family.",
    "Caseload looked at together; two endings planned.",
    "Space to reflect after a hard week.",
    "Filmed session watched together.",
)
DECISIONS = (
    "Invite the father to the next session, at a time that suits his shifts.",
    "Go on weekly for a month and look at the goals again together.",
    "Plan an ending with the family over three sessions.",
    "Speak with the health visitor about the missed visits before any letter.",
)
