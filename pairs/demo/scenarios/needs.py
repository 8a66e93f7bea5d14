"""The children of each district, so that the demo's reports can say how far the service reaches: official figures.

Source: Office for National Statistics, mid-2020 population estimates, Open Government Licence v3.0: ages 0 to 4, the
under-ones included. Of the parts of two districts that belong to the area, the sum of their neighbourhoods.
"""

from datetime import date

from pairs.service.models import Place, User
from reporting.performance.models import NeedFigure

AS_OF = date(2020, 6, 30)
SOURCE = "Office for National Statistics, mid-2020 population estimates"
CHILDREN = {
    "blackburn-with-darwen": 10307, "blackpool": 7995, "barrow-in-furness": 3553, "cumberland-part": 377,
    "south-lakeland": 4049, "burnley": 5850, "chorley": 6161, "fylde": 3286, "hyndburn": 5119, "lancaster": 7212,
    "pendle": 6031, "preston": 9175, "ribble-valley": 2601, "rossendale": 3874, "south-ribble": 5602,
    "west-lancashire": 5438, "wyre": 4824, "north-yorkshire-part": 264,
}  # fmt: skip


def seed_needs(by: User) -> int:
    """Of every district, with the percentage that is recommended. How many there were."""
    rows = [
        NeedFigure(place=place, population=CHILDREN[place.code], as_of=AS_OF, source=SOURCE, recorded_by=by)
        for place in Place.objects.filter(code__in=CHILDREN)
    ]
    return len(NeedFigure.objects.bulk_create(rows))
