"""The site, `site/`: pages for leaders and the public, of published results alone, that open from a folder.

Here: what the published tables say, as pages in Vietnamese (`vi/`) and English (`en/`) with one style sheet and one
script beside them. Not here: reports to submitters (`..quality`), and anything that is not decided yet: of a draft the
site says at most that there is one.

    tables.py      the published tables, read once
    facts.py       what the pages ask of them; lineage.py: units followed through names and mergers
    overview.py, units.py, movement.py, about.py    what each kind of page says, once for both languages
    language.py    figures and days in a language; templates/: the sentences, both languages beside each other
    charts.py, pictures.py    the large charts; drawing.py: the small ones of units
    listing.py     which pages there are; writing.py: all of them into the folder, or taken over from what stands
"""
