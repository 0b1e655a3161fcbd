"""The annexes of a decision and the page before them, made of the published warehouse: DOCX, PDF and XLSX.

Here: one content (`content.py`), gathered once (`gathering.py`, by `queries.py` and the words of `texts.py`), and a
writer for each format (`document.py`, `pdf.py`, `workbook.py`, `changes.py`). Not here: any rule, and any wording of a
decision: that is the registry `decision_texts`.
"""
