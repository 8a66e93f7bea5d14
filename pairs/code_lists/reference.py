"""What every PaIRS service in Lancashire and South Cumbria starts with: sites, places and code lists.

Opening dates follow the service's published roll-out; the districts are those of the NHS Lancashire and
South Cumbria Integrated Care Board (Office for National Statistics codes, Open Government Licence v3.0).
"""

from datetime import date

ICB_CODE = "E54000048"

# code, name, hub?, opening date (None: planned)
SITES = [
    ("blackpool", "Blackpool", True, date(2024, 1, 1)),
    ("blackburn-with-darwen", "Blackburn with Darwen", False, date(2025, 4, 1)),
    ("hyndburn", "Hyndburn", False, date(2026, 4, 1)),
    ("preston", "Preston", False, None),
    ("barrow-in-furness", "Barrow-in-Furness", False, None),
]

# code, name, district code, first words of the neighbourhood's name, needs the ICB?, covering site
PLACES = [
    ("blackburn-with-darwen", "Blackburn with Darwen", "E06000008", "", False, "blackburn-with-darwen"),
    ("blackpool", "Blackpool", "E06000009", "", False, "blackpool"),
    ("burnley", "Burnley", "E07000117", "", False, "blackpool"),
    ("chorley", "Chorley", "E07000118", "", False, "blackpool"),
    ("fylde", "Fylde", "E07000119", "", False, "blackpool"),
    ("hyndburn", "Hyndburn", "E07000120", "", False, "hyndburn"),
    ("lancaster", "Lancaster", "E07000121", "", False, "blackpool"),
    ("pendle", "Pendle", "E07000122", "", False, "blackpool"),
    ("preston", "Preston", "E07000123", "", False, "blackpool"),
    ("ribble-valley", "Ribble Valley", "E07000124", "", False, "blackpool"),
    ("rossendale", "Rossendale", "E07000125", "", False, "blackpool"),
    ("south-ribble", "South Ribble", "E07000126", "", False, "blackpool"),
    ("west-lancashire", "West Lancashire", "E07000127", "", False, "blackpool"),
    ("wyre", "Wyre", "E07000128", "", False, "blackpool"),
    ("barrow-in-furness", "Barrow-in-Furness", "E06000064", "Barrow-in-Furness", False, "blackpool"),
    ("south-lakeland", "South Lakeland", "E06000064", "South Lakeland", False, "blackpool"),
    ("cumberland-part", "Cumberland (part)", "E06000063", "", True, "blackpool"),
    ("north-yorkshire-part", "North Yorkshire (part)", "E06000065", "", True, "blackpool"),
]

# Districts that ended in 2023, by the codes that the Census of 2021 has for them.
CENSUS_DISTRICTS = {"barrow-in-furness": "E07000027", "south-lakeland": "E07000031"}

# The five large Places of the integrated care system and their districts, each by the former clinical commissioning
# group (sub-ICB location) that holds most of its neighbourhoods. Source: Office for National Statistics, LSOA to
# sub-ICB locations.
LARGE_PLACES = {
    "Morecambe Bay": (
        "lancaster", "barrow-in-furness", "south-lakeland", "cumberland-part", "north-yorkshire-part",
    ),
    "Pennine Lancashire": (
        "blackburn-with-darwen", "burnley", "hyndburn", "pendle", "ribble-valley", "rossendale",
    ),
    "Fylde Coast": ("blackpool", "fylde", "wyre"),
    "Central Lancashire": ("chorley", "preston", "south-ribble"),
    "West Lancashire": ("west-lancashire",),
}  # fmt: skip

# NHS Data Dictionary ETHNIC CATEGORY (16+1, and 99), in the order to show.
ETHNIC_CATEGORIES = [
    ("A", "White: British"),
    ("B", "White: Irish"),
    ("C", "White: any other White background"),
    ("D", "Mixed: White and Black Caribbean"),
    ("E", "Mixed: White and Black African"),
    ("F", "Mixed: White and Asian"),
    ("G", "Mixed: any other mixed background"),
    ("H", "Asian or Asian British: Indian"),
    ("J", "Asian or Asian British: Pakistani"),
    ("K", "Asian or Asian British: Bangladeshi"),
    ("L", "Asian or Asian British: any other Asian background"),
    ("M", "Black or Black British: Caribbean"),
    ("N", "Black or Black British: African"),
    ("P", "Black or Black British: any other Black background"),
    ("R", "Chinese"),
    ("S", "Any other ethnic group"),
    ("Z", "Asked, and preferred not to say"),
    ("99", "Not known, or not asked yet"),
]
# The Census 2021 five groups: Chinese is within Asian there, and Traveller, Roma → White.
ETHNIC_GROUPS = [
    ("white", "White", "ABC"),
    ("mixed", "Mixed or multiple", "DEFG"),
    ("asian", "Asian or Asian British", "HJKLR"),
    ("black", "Black or Black British", "MNP"),
    ("other", "Other ethnic group", "S"),
]


def get_ethnic_group(category: str) -> str:
    """The Census 2021 group's code for an NHS category; 'not_stated' for Z, 'not_known' for 99."""
    if category in ("Z", "99"):
        return "not_stated" if category == "Z" else "not_known"
    return next(code for code, _, categories in ETHNIC_GROUPS if category in categories)
