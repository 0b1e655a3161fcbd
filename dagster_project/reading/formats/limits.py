"""How much of one file is read, so that none takes more than seconds and a fraction of the memory of a small machine.

Here: the numbers, each with its reason. Not here: where they are held against a file (each reader) and the words in
which a file beyond them is refused (`refusals.py`).
"""

MEGABYTE = 1 << 20

# A country has some 15,000 units; whoever sends more rows than this sends something else.
MAX_ROWS = 100_000

# Filled cells, and the rectangle that they span: the workbook library makes room for the whole rectangle.
MAX_CELLS = 500_000
MAX_AREA = 5_000_000

# Letters of all cells together, because a text can be referred to from every cell; and of a text file.
MAX_LETTERS = 64_000_000
MAX_TEXT_LETTERS = 20_000_000

# A file as it came; and what an archive may hold once unpacked. Honest office files shrink to a tenth at the least.
MAX_FILE_BYTES = 100 * MEGABYTE
MAX_UNPACKED_BYTES = 128 * MEGABYTE
MAX_UNPACKED_RATIO = 100
RATIO_MATTERS_FROM = 32 * MEGABYTE
MAX_PARTS = 5_000

# Documents that are held as a tree: elements, and bytes of a page of HTML.
MAX_ELEMENTS = 500_000
MAX_HTML_BYTES = 8 * MEGABYTE

# A merged cell of a page that claims a million columns is still one cell.
MAX_SPAN = 1_000

MAX_PAGES = 300
MAX_PDF_STREAM_BYTES = 32 * MEGABYTE
PDF_SECONDS = 20.0
