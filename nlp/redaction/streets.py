"""The words that streets end in, and the pattern of a house number: what the recognisers of addresses share."""

NUMBER = r"(?:(?:number|num|no\.?) )?[0-9]{1,4} ?(?:[a-h]\b)?(?:[ ]?[\-/&][ ]?[0-9]{1,4}[a-h]?)?"
# Words that end the name of a street and mean nothing else beside a number.
PLAIN_ENDS = r"(?:street|road|rd|avenue|ave|lane|crescent|cres|terrace|mews|boulevard|parade|gardens|gdns|grove)"
# These are ordinary words too: "3 cars park", "a 20 minute drive".
OTHER_ENDS = (
    r"(?:st|str|ln|close|cl|drive|dr|way|court|ct|place|pl|square|sq|hill|park|row|view|walk|rise|green|vale|wharf|mount|heights"
    r"|meadows?|croft|fold|gate|quay|path|fields?|garth|end|bank|cottages|villas|buildings|house|mansions|embankment|approach"
    r"|circus|common|broadway|yard|chase|side|ridge|brow|loan|wynd|brae|estate|promenade|causeway|orchard|leas?|copse|drove)"
)
ENDS = rf"(?:{PLAIN_ENDS}|{OTHER_ENDS})"
CAPITAL_WORDS = r"(?-i:(?:[A-Z][\w'.\-]+ ){1,3})"
