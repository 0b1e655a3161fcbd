"""What users read, made of the published tables: the warehouse file, exports, the dictionary.

Here: nothing but files from tables. Not here: rules (SQL), reading of submissions, and when any of it is made (`defs`).
"""
