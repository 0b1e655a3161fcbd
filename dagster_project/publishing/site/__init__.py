"""The site, `site/`: pages for leaders and the public, of published results alone, that open from a folder.

Here: what the published tables say, as pages in Vietnamese (`vi/`) and English (`en/`) with one style sheet and one
script beside them. Not here: reports to submitters (`..quality`), and anything that is not decided yet: of a draft the
site says at most that there is one.

    tables.py      the published tables, read once           lineage.py   units followed through names and mergers
    facts.py       what the pages ask of them                language.py  figures, levels and sentences in a language
    overview.py …  what each kind of page says               charts.py, drawing.py  pictures, large and small
    writing.py     all pages into the folder, and what is taken over from the publication that stands
"""
