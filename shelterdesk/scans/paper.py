"""Pages of a scan joined into one PDF that says nothing but what is on the pages: no title, no dates, no program."""

from __future__ import annotations

from collections.abc import Sequence

from shelterdesk.scans.pictures import PageScan

_FIRST_PAGE = 3


def joined(pages: Sequence[PageScan]) -> bytes:
    """Return a PDF of *pages*, each a picture that fills its page (ISO 32000-1, 7.5 and 8.9)."""
    objects: list[bytes] = [b"<</Type/Catalog/Pages 2 0 R>>"]
    kids = b" ".join(b"%d 0 R" % (_FIRST_PAGE + 3 * number) for number in range(len(pages)))
    objects.append(b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(pages), kids))
    for number, page in enumerate(pages):
        own = _FIRST_PAGE + 3 * number
        width, height = (b"%.2f" % side for side in page.points)
        draw = b"q %s 0 0 %s 0 0 cm /P Do Q" % (width, height)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s %s]/Contents %d 0 R/Resources<</XObject<</P %d 0 R>>>>>>"
            % (width, height, own + 1, own + 2)
        )
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(draw), draw))
        colours = b"/DeviceGray" if page.grey else b"/DeviceRGB"
        objects.append(
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace%s/BitsPerComponent 8/Filter/DCTDecode"
            b"/Length %d>>stream\n%s\nendstream" % (page.width, page.height, colours, len(page.jpeg), page.jpeg)
        )
    return _written(objects)


def _written(objects: Sequence[bytes]) -> bytes:
    out = bytearray(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table)
    return bytes(out)
