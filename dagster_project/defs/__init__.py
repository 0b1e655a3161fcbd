"""What Dagster sees: assets, checks, a job, a schedule, a sensor. Thin: each calls what does the work.

Not here: the work itself. Nothing outside this folder (and `definitions.py`) imports Dagster.
"""
