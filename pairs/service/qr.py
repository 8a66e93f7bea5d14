"""An address as a picture that a phone can read: plain SVG, no style and no script in it."""

import qrcode
from markupsafe import Markup
from qrcode.image.svg import SvgPathImage


def qr_code(address: str) -> Markup:
    """The <svg> element, made of numbers alone: nothing of the address is text in it."""
    picture = qrcode.make(address, image_factory=SvgPathImage, border=4, box_size=12)
    return Markup(picture.to_string(encoding="unicode"))
