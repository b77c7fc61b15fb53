"""The page for who cannot even be asked for a language: what arrived was not readable, or not meant for us."""

from html import escape

_SAYING = (
    ("en", "This could not be read", "Close the page and open the program again."),
    ("sr-Latn", "Ovo nije moglo da se pročita", "Zatvorite stranicu i ponovo otvorite program."),
    ("sr-Cyrl", "Ово није могло да се прочита", "Затворите страницу и поново отворите програм."),
)
_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>-</title></head>
<body>{blocks}</body></html>
"""


def bare_page() -> bytes:
    """Return the page in all languages at once: no style, no detail, nothing of what was asked."""
    blocks = "".join(f'<section lang="{tongue}"><h1>{escape(title)}</h1><p>{escape(text)}</p></section>' for tongue, title, text in _SAYING)
    return _PAGE.format(blocks=blocks).encode()
