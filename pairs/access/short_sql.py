"""SQL as Django writes it, with short names: half the text that is sent and parsed, and the same statement.

Django writes the whole name of a table before each column, in quotes. Statements that are compiled once are given an
alias for each table instead.
"""

import re

# A table in FROM or JOIN, and its alias where Django gave it one.
TABLE = re.compile(
    r'\b(FROM|JOIN) "(\w+)"( (?!(?:ON|WHERE|INNER|LEFT|GROUP|ORDER|LIMIT|OFFSET|UNION|FOR)\b)\w+)?'
)
KEY = "((%s)::text) VALUE"  # of a JSON object: a literal is text already
NAME = re.compile(r'"(\w+)"')
LOCKED = re.compile(r'\bUPDATE OF "\w+"(?:, "\w+")*')  # SELECT … FOR UPDATE OF some tables
COLUMN = re.compile(r'(?:"(\w+)"|\b(\w+))\."([a-z_][a-z0-9_]*)"')


def shorten(sql: str) -> str:
    """The same statement with an alias for each table that has none, and columns without quotes.

    Django's own aliases begin with other letters than these.
    """
    tables = dict.fromkeys(name for _, name, alias in TABLE.findall(sql) if not alias)
    aliases = {name: f"a{number}" for number, name in enumerate(tables)}

    def table(match):
        keyword, name, alias = match.groups()
        return match[0] if alias else f'{keyword} "{name}" {aliases[name]}'

    def column(match):
        quoted, plain, name = match.groups()
        owner = aliases.get(quoted, f'"{quoted}"') if quoted else plain
        return f"{owner}.{name}"

    def locked(match):
        return NAME.sub(lambda name: aliases.get(name[1], name[0]), match[0])

    return LOCKED.sub(locked, COLUMN.sub(column, TABLE.sub(table, sql))).replace(KEY, "%s VALUE")
