"""Full UK postcodes, in any case, with any gap or none; an outward half alone (a district) stays."""

import re
from collections.abc import Iterator

from nlp.redaction.recognisers.matching import pattern, words
from nlp.redaction.types import Finding, Kind

# The areas in use; Channel Islands, Isle of Man and the forces' included.
AREAS = words(
    "ab al b ba bb bd bf bh bl bn br bs bt bx ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy e ec eh en ex "
    "fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld le ll ln ls lu m me mk ml n na ne ng "
    "nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw "
    "ub w wa wc wd wf wn wr ws wv yo ze"
)
UNIT = r"[abd-hjlnp-uw-z]{2}"
GAP = r"[ .,\-]{0,3}"
POSTCODE = pattern(rf"(?<!\w)(?P<area>[a-z]{{1,2}})[0-9][0-9a-hjkmnp-y]?{GAP}[0-9]{UNIT}(?!\w)")
# A letter O for a nought; only in capitals, as "e1 off" is no postcode.
WITH_O = re.compile(rf"(?<!\w)(?P<area>[A-Z]{{1,2}})[0-9O][0-9A-Y]?{GAP}[0-9O][ABD-HJLNP-UW-Z]{{2}}(?!\w)")
SPACED = re.compile(
    r"(?<!\w)(?P<area>[A-Z](?: [A-Z])?) [0-9](?: [0-9A-Y])? {1,2}[0-9] [ABD-HJLNP-UW-Z] [ABD-HJLNP-UW-Z](?!\w)"
)


def find(text: str) -> Iterator[Finding]:
    for expression in (POSTCODE, WITH_O, SPACED):
        for match in expression.finditer(text):
            if match["area"].replace(" ", "").lower() in AREAS:
                yield Finding(Kind.POSTCODE, *match.span())
