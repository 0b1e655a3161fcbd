"""Pages that this machine serves to the person who sits at it: `egov serve`.

Here: a page to drop a file on, and what is published, on localhost alone. Not here: Dagster's pages (`egov dev`), and
anything that is kept: a file that is dropped is checked as `egov check` does it, and gone.
"""
