"""A text as a QR code (ISO/IEC 18004) that stands in the page itself."""

from io import BytesIO

from markupsafe import Markup

LARGEST_VERSION = 25
"""117 modules a side: what a telephone still reads from a card."""
LEVELS = ("m", "l")


def code_of(text: str) -> Markup | None:
    """The code as SVG, with as much correction as there is room for; None where the text is too long for one."""
    import segno  # noqa: PLC0415 - most processes never draw a code
    from segno.encoder import DataOverflowError  # noqa: PLC0415

    for level in LEVELS:
        try:
            code = segno.make_qr(text, error=level, boost_error=False)
        except DataOverflowError:
            continue
        if int(code.version) <= LARGEST_VERSION:
            drawn = BytesIO()
            code.save(drawn, kind="svg", xmldecl=False, svgns=True, omitsize=True, nl=False, border=4, light="#fff")
            return Markup(drawn.getvalue().decode())  # noqa: S704 - drawn here, of modules and nothing else
    return None
