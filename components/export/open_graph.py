"""Link previews: title, description and picture for chats and social networks, as Open Graph and Twitter tags."""

from dataclasses import dataclass

from markupsafe import Markup, escape

from components.catalog.catalog import Catalog
from components.view.citation import view_link
from components.view.title import view_description, view_title
from components.view.view import View

PICTURE_SIZE = (1200, 630)


@dataclass(frozen=True, slots=True)
class LinkPreview:
    """What a preview of a link shows."""

    title: str
    description: str
    address: str
    """The page's own; "" where it has none, such as a file's."""
    picture: str
    """Of the map; "" for none."""
    form: str = "image/png"
    """The picture's."""
    size: tuple[int, int] = PICTURE_SIZE
    """The picture's, in pixels."""

    def meta(self) -> Markup:
        """Return it as meta elements, its texts escaped."""
        named = {"description": self.description}
        if self.picture:
            named |= {"twitter:card": "summary_large_image", "twitter:image": self.picture}
        properties = {
            "og:type": "website",
            "og:site_name": "Laydown",
            "og:title": self.title,
            "og:description": self.description,
        }
        if self.address:
            properties["og:url"] = self.address
        if self.picture:
            width, height = self.size
            properties |= {
                "og:image": self.picture,
                "og:image:type": self.form,
                "og:image:width": str(width),
                "og:image:height": str(height),
                "og:image:alt": f"Map: {self.title}",
            }
        lines = [f'<meta name="{name}" content="{escape(text)}">' for name, text in named.items()]
        lines += [f'<meta property="{name}" content="{escape(text)}">' for name, text in properties.items()]
        return Markup("\n".join(lines))  # noqa: S704  # each text in it is escaped


def link_preview(catalog: Catalog, view: View, base: str = "") -> LinkPreview:
    """Return the preview of ``view``'s link on the server at ``base``; without one (a file) without addresses."""
    title, description = view_title(catalog, view), view_description(catalog, view)
    if not base:
        return LinkPreview(title, description, "", "")
    picture = view_link(catalog, view, f"{base}preview.png")
    return LinkPreview(title, description, view_link(catalog, view, base), picture)
