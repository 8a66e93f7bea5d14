"""Small drawings as SVG text: boxes with a line or two of words, and lines between boxes of different rows."""

from dataclasses import dataclass
from html import escape

FONT = 'font-family="sans-serif"'
INK, PAPER, LINE = "#212b32", "#ffffff", "#768692"


@dataclass(frozen=True)
class Box:
    """``small``: what stands under the title. Left and top in pixels."""

    title: str
    small: str
    fill: str
    left: float
    top: float
    width: float
    height: float

    @property
    def middle(self) -> float:
        return self.left + self.width / 2


def draw_box(box: Box) -> str:
    frame = (
        f'<rect x="{box.left:g}" y="{box.top:g}" width="{box.width:g}" height="{box.height:g}" rx="5" '
        f'fill="{box.fill}" stroke="{LINE}"/>'
    )
    title = draw_text(box.title, box.left + 10, box.top + 19, size=14, bold=True)
    return frame + title + (draw_text(box.small, box.left + 10, box.top + 36, size=12) if box.small else "")


def draw_text(text: str, left: float, top: float, *, size: int, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{left:g}" y="{top:g}" font-size="{size}" {FONT} fill="{INK}"{weight}>{escape(text)}</text>'
    )


def draw_line(upper: Box, lower: Box) -> str:
    """A curve from the foot of one box to the head of another."""
    start, end = upper.top + upper.height, lower.top
    left, right, bend = upper.middle, lower.middle, min((end - start) / 2, 60)
    path = f"M{left:g} {start:g} C{left:g} {start + bend:g} {right:g} {end - bend:g} {right:g} {end:g}"
    return f'<path d="{path}" fill="none" stroke="{LINE}" stroke-width="1.5"/>'


def draw_picture(title: str, width: float, height: float, parts: list[str]) -> str:
    """The whole file. ``title`` is what somebody hears who does not see it."""
    size = f'width="{width:g}" height="{height:g}" viewBox="0 0 {width:g} {height:g}"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">',
            f"<title>{escape(title)}</title>",
            f'<rect width="{width:g}" height="{height:g}" fill="{PAPER}"/>',
            *parts,
            "</svg>\n",
        ]
    )
