"""From a postcode to its neighbourhood, district, ICB and deprivation, as the loaded files have it."""

from dataclasses import dataclass
from datetime import date

from pairs.geography.models import Area, Postcode
from pairs.geography.rules import normalise_postcode, stands_for_no_place


@dataclass(frozen=True, kw_only=True)
class PostcodeLocation:
    """Where a postcode is. Outside England, or before the deprivation file is loaded: no decile, no version.

    Keep `imd_version` and `looked_up_on` beside any decile that is stored: deciles of two releases never mix.
    """

    lsoa_code: str
    lsoa_name: str
    lad_code: str
    icb_code: str
    decile: int | None
    imd_version: int | None
    looked_up_on: date


def look_up_postcode(postcode: str, on: date) -> PostcodeLocation | None:
    """Where this postcode is, by the newest deprivation release that has it; two queries at most.

    None means not known: mistyped, one that stands for no place, or not in the loaded directory. A failed look-up is
    no reason to forget an earlier good one. Ended postcodes are found: they are right for past addresses.
    """
    normal = normalise_postcode(postcode)
    if normal is None or stands_for_no_place(normal):
        return None
    row = Postcode.objects.filter(pk=normal).first()
    if row is None:
        return None
    area = Area.objects.filter(lsoa_code=row.lsoa_code).newest_first().first()
    return PostcodeLocation(
        lsoa_code=row.lsoa_code,
        lsoa_name=area.lsoa_name if area else "",
        lad_code=row.lad_code,
        icb_code=row.icb_code,
        decile=area.imd_decile if area else None,
        imd_version=area.imd_version if area else None,
        looked_up_on=on,
    )
