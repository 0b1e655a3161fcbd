#!/usr/bin/env bash
# pdfminer.six 20260107 (what pdfplumber 0.11.10 stands on).
# A good engineer would guess: a glyph whose name in /Differences is not known ('g1'), in a font without /ToUnicode, has
# no known letter; pdfminer has a way to say so, '(cid:49)', and uses it for other fonts.
# What happens: the unknown name is passed over, and the letter that stands at this code in the standard encoding is
# given as if it were meant. A glyph that is drawn as a seven and stands at code 49 is read as '1', in silence.
# What to do: look at /Differences yourself, and take codes whose names `name2unicode` does not know out of the font's
# `cid2unicode` before the page is read.
# Source: pdfminer/encodingdb.py (EncodingDB.get_encoding: the KeyError of a name is only logged at level debug).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pdfminer.six==20260107

cat > unknown.py <<'PY'
import io

import pdfminer
from pdfminer.high_level import extract_text


def pdf(glyph):
    """A page with one glyph of a Type 3 font, at code 49; it is drawn as a seven."""
    drawn = b"500 0 0 0 500 700 d1 50 620 400 80 re f 370 620 m 450 620 l 250 0 l 170 0 l f"
    shown = b"BT /F 20 Tf 20 50 Td (1) Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(shown), shown),
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 500 700]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 49/LastChar 49"
        b"/Widths[500]/CharProcs<</%s 6 0 R>>/Encoding<</Differences[49/%s]>>>>" % (glyph, glyph),
        b"<</Length %d>>stream\n%s\nendstream" % (len(drawn), drawn),
    ]
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % at for at in places)
    return body + table + b"trailer<</Size 7/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


for glyph, expected in ((b"seven", "7"), (b"g1", "1")):
    text = extract_text(io.BytesIO(pdf(glyph))).strip()
    print(f"pdfminer.six {pdfminer.__version__}, glyph /{glyph.decode()} at code 49: {text!r}")
    assert text == expected, "the behaviour has changed"
PY
venv/bin/python unknown.py
