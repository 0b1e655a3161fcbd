"""Worlds: random SYNTHETIC submissions, and the laws that the warehouse holds in any of them.

A world is what lies in front of the warehouse: files in a submissions folder, their ledger, and the registries of a
root. Its provinces and units are real ones, chosen because their names collide ('Huyện Châu Thành' is in ten provinces,
'Phường 1' in thirteen); its figures are made up, and nobody ever published them. One number, the seed, says which
world it is, on any machine.

    places.py          the units of a province in a year, from the official list
    world.py           what a world consists of, as plain data
    writing.py         a world as a root folder
    making.py          a world for a seed: what may be in one, and how often
    building.py        a world's published tables, the reports of `egov check`, what was believed on a day
    within.py          laws about the tables of one build
    truth.py           laws about what the maker knows of a file and the warehouse has to find out
    between.py         laws about two builds: alone and in company, in another order, on an earlier day
    shrinking.py       the smallest part of a world in which a law still fails
    test_worlds.py     all laws: a few worlds at each run of the tests, many in the slow ones

A law is a function of a built world that gives a sentence for each violation, and nothing where it holds. It knows the
published contract (CONTRACT's tables, `egov check`'s reports, `landing`) and no model behind it.

A failure prints the seed and the smallest part of its world that still shows it. To see it again, and to try a change
on it (WORLDS_TRIES=0: without the minutes that making it smaller takes):

    WORLDS_SEED=17 .venv/bin/python -m pytest tests/worlds

To look for more, from seed 1000 on:

    WORLDS_FROM=1000 WORLDS_COUNT=300 .venv/bin/python -m pytest -m slow tests/worlds
"""
