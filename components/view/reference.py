"""The link's documentation: README's table of URL keys, printed from the one declaration of them."""

from components.view.view import FIELDS


def link_markdown() -> str:
    """Return the keys of the View's URL as a Markdown table; a key that may stand several times is marked so."""
    rows = [f"| `{field.key}`{' (repeatable)' if field.repeatable else ''} | {field.doc} |" for field in FIELDS]
    return "\n".join(("| key | what |", "| --- | --- |", *rows))
