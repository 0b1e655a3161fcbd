#!/usr/bin/env bash
# python-docx 1.2.0, beside python-calamine 0.9.1.
# A good engineer would guess: what Word saves as 'Strict Open XML Document (.docx)' opens like any other DOCX, as
# python-calamine opens a Strict XLSX; or, if not, an error that names the form.
# What happens: python-docx looks for relationships by their Transitional names only, and raises a KeyError
# ('no relationship of type ...') before it has read a word.
# What to do: look for the Strict namespace yourself before you open the file, and ask the sender to save it again as
# 'Word Document (.docx)'.
# Source: docx/opc/constants.py (RELATIONSHIP_TYPE) and docx/opc/rel.py; ISO/IEC 29500-1 names the Strict namespaces.
# The Strict files here are made from ordinary ones by renaming their namespaces; no office program has saved them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check python-docx==1.2.0 python-calamine==0.9.1 xlsxwriter==3.3.1

cat > strict.py <<'PY'
import zipfile
from importlib.metadata import version

import docx
import xlsxwriter
from python_calamine import load_workbook

TRANSITIONAL = "http://schemas.openxmlformats.org/"
STRICT = "http://purl.oclc.org/ooxml/"
RENAMED = {
    "officeDocument/2006/relationships": "officeDocument/relationships",
    "officeDocument/2006/extended-properties": "officeDocument/extendedProperties",
    "wordprocessingml/2006/main": "wordprocessingml/main",
    "spreadsheetml/2006/main": "spreadsheetml/main",
    "drawingml/2006/main": "drawingml/main",
}


def make_strict(source, target):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith((".xml", ".rels")):
                for before, after in RENAMED.items():
                    content = content.replace((TRANSITIONAL + before).encode(), (STRICT + after).encode())
            new.writestr(name, content)


document = docx.Document()
document.add_paragraph("Hello")
document.save("ordinary.docx")
workbook = xlsxwriter.Workbook("ordinary.xlsx")
workbook.add_worksheet().write("A1", "Hello")
workbook.close()
for kind in ("docx", "xlsx"):
    make_strict(f"ordinary.{kind}", f"strict.{kind}")

for name in ("ordinary.xlsx", "strict.xlsx"):
    rows = load_workbook(name).get_sheet_by_index(0).to_python()
    print(f"python-calamine {version('python-calamine')}, {name}: {rows}")
    assert rows == [["Hello"]], "the behaviour has changed"

texts = [paragraph.text for paragraph in docx.Document("ordinary.docx").paragraphs]
print(f"python-docx {version('python-docx')}, ordinary.docx: {texts}")
assert texts == ["Hello"], "the behaviour has changed"
try:
    docx.Document("strict.docx")
except KeyError as error:
    print(f"python-docx {version('python-docx')}, strict.docx: KeyError {error}")
else:
    raise SystemExit("the behaviour has changed: the Strict DOCX was opened")
PY
venv/bin/python strict.py
