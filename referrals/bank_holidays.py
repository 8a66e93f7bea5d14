"""The bank holidays of England, substitute days included, for whatever year is asked."""

import holidays

ENGLAND = holidays.country_holidays("GB", subdiv="ENG")
