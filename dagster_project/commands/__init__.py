"""What the small commands of `egov` do: add, status, sql, diff, dev.

Here: one module for each, and for each part of what `egov status` says. Not here: how a person calls them (`cli.py`),
and the two that have rooms of their own: `egov check` (`checking/`) and `egov run` (`defs/`).
"""
