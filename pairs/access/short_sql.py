"""SQL as Django writes it, with short names: half the text that is sent and parsed, and the same statement.

Django writes the whole name of a table before each column, in quotes. Statements that are compiled once are given an
alias for each table instead.
"""

import re

# A table in FROM or JOIN, and its alias where Django gave it one.
TABLE_PATTERN = re.compile(
    r'\b(FROM|JOIN) "(\w+)"( (?!(?:ON|WHERE|INNER|LEFT|GROUP|ORDER|LIMIT|OFFSET|UNION|FOR)\b)\w+)?'
)
JSON_KEY_CAST = "((%s)::text) VALUE"  # of a JSON object: a literal is text already
QUOTED_NAME_PATTERN = re.compile(r'"(\w+)"')
LOCK_PATTERN = re.compile(r'\bUPDATE OF "\w+"(?:, "\w+")*')  # SELECT … FOR UPDATE OF some tables
COLUMN_PATTERN = re.compile(r'(?:"(\w+)"|\b(\w+))\."([a-z_][a-z0-9_]*)"')


def shorten_sql(sql: str) -> str:
    """The same statement with an alias for each table that has none, and columns without quotes.

    Django's own aliases begin with other letters than these.
    """
    tables = dict.fromkeys(name for _, name, alias in TABLE_PATTERN.findall(sql) if not alias)
    aliases = {name: f"a{number}" for number, name in enumerate(tables)}

    def alias_table(match: re.Match[str]) -> str:
        keyword, name, alias = match.groups()
        return match[0] if alias else f'{keyword} "{name}" {aliases[name]}'

    def alias_column(match: re.Match[str]) -> str:
        quoted, plain, name = match.groups()
        owner = aliases.get(quoted, f'"{quoted}"') if quoted else plain
        return f"{owner}.{name}"

    def alias_locked_tables(match: re.Match[str]) -> str:
        return QUOTED_NAME_PATTERN.sub(lambda name: aliases.get(name[1], name[0]), match[0])

    return LOCK_PATTERN.sub(
        alias_locked_tables, COLUMN_PATTERN.sub(alias_column, TABLE_PATTERN.sub(alias_table, sql))
    ).replace(JSON_KEY_CAST, "%s VALUE")
