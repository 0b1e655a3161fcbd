"""Great Expectations on the judged tables: running the suites, holding the count against SQL's, and Data Docs.

Not here: what is expected (`expectations/`), and the findings themselves, which are SQL's (`intermediate.int_finding`).
"""
