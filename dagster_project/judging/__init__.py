"""Great Expectations on the tables of the checks: running the suites, holding the count against SQL's, and Data Docs.

Not here: what is expected (`expectations/`), and the findings themselves, which are SQL's (`intermediate.int_finding`).
"""
