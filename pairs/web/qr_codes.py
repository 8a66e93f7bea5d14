"""An address as a picture that a phone can read: plain SVG, no style and no script in it."""

from markupsafe import Markup


def render_qr_code(address: str) -> Markup:
    """The <svg> element, made of numbers alone: nothing of the address is text in it."""
    # Here, since the package brings a picture library with it that no other page needs.
    import qrcode
    from qrcode.image.svg import SvgPathImage

    picture = qrcode.make(address, image_factory=SvgPathImage, border=4, box_size=12)
    return Markup(picture.to_string(encoding="unicode"))
