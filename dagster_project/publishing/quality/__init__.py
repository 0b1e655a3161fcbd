"""The quality reports: what each submitter of a year is asked to mend or explain, and what the province sees of all.

Here: content (`content.py`, `overview.py`), words (`words.py`), and what is made of them (`pages.py`,
`templates/`, `workbook.py`). Not here: any rule, and any finding; those stand in the published tables, which are all
that is read.
"""
