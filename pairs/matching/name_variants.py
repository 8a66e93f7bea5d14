"""Names that are one name: short forms, and one name as several languages and registrars write it. Ours, and small.

A name may stand in several groups. Spellings that sound alike (Aisha, Ayesha) need no group: see names.sounds.
"""

NAME_GROUPS = """
mohammed muhammad mohamed mohammad mohamad muhammed mohd muhd md mo mehmet
ahmed ahmad ahmet
fatima fatimah fatma fatoumata
aisha ayesha aysha aicha
abdul abdool abdel abd
abdulrahman abdurrahman abdurrehman abdelrahman
hussain hussein husayn hossain hossein
yusuf yousef yousuf youssef joseph jozef joe joey jozef
ibrahim ebrahim abraham
ismail ismael esmail
maryam mariam miriam mary maria marie molly marysia mia
musa moses mousa
yaqub yakub yaqoob jacob jakub kuba jake
khadija khadijah hadija khadeeja
zainab zaynab zeynep zeinab
begum begam
bibi bebe
elizabeth elisabeth liz lizzie beth betty eliza elsie elzbieta ela bessie libby
katherine catherine kathryn katharine kate katie kathy cathy katarzyna kasia kat katy
margaret maggie meg peggy malgorzata gosia malgosia greta
alexander alex aleksander sandy sasha alexandra aleksandra ola olek xander
william will bill billy liam
robert rob bob bobby bert
richard rick dick ricky richie
james jim jimmy jamie
john jon jack johnny jan johan ian sean shaun
michael mike mick mikey michal
christopher chris kristofer krzysztof krzys kris
thomas tom tommy tomasz tomek
andrew andy drew andrzej
anthony tony antoni
daniel dan danny
david dave dafydd dawid
edward ed ted eddie teddy
charles charlie chuck karol
george jerzy jurek
peter pete piotr piotrek
paul pawel
stephen steven steve stefan
matthew matt mateusz mateo
nicholas nick nicky mikolaj nicolas
gregory greg grzegorz
adalbert wojciech wojtek voytek
stanislaw stan staszek
patrick pat paddy padraig patryk
samuel sam sammy samantha
benjamin ben benny
joshua josh
jonathan jon jonny
rebecca becky bex becca
jennifer jen jenny
jessica jess jessie
victoria vicky tori wiktoria
susan sue suzanne zuzanna zuza
patricia pat trish tricia
deborah debbie deb
christine chrissy tina krystyna christina
amanda mandy
abigail abby gail
anna ann anne anya ania hannah hanna
agnieszka agnes aga
joanna joanne jo asia
magdalena magda maddie madeleine
barbara basia babs
natalia natalie natasha
isabella isabel bella izabela iza
siobhan shivaun shavon chevonne
niamh neve nieve
caoimhe keeva kweeva
aoife eefa
oisin osheen usheen
saoirse seersha sersha
eoghan owen eoin euan ewan
ciaran kieran keiran
grainne grania gronya
""".strip().splitlines()


def _build_variants() -> dict[str, frozenset[str]]:
    found = {}
    for group in NAME_GROUPS:
        names = group.split()
        for name in names:
            found.setdefault(name, set()).update(each for each in names if each != name)
    return {name: frozenset(others) for name, others in found.items()}


NAME_VARIANTS = _build_variants()
