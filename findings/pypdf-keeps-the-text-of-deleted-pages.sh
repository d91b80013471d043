#!/bin/sh
# Expected: a page deleted from a cloned PDF is not in the file that is written.
# Seen: the document has one page, yet the file holds the deleted page's text, even after unreferenced objects are
# removed. Copying the other page into a new document leaves it out.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pypdf==7.1.1
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from io import BytesIO

import pypdf
from pypdf.generic import DecodedStreamObject, NameObject


def written(writer):
    """The bytes of the file that a writer makes."""
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def without_first(remove_unreferenced):
    """Pages left, and whether the first page's text is in the file."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(BytesIO(original)))
    del writer.pages[0]
    if remove_unreferenced:
        writer.compress_identical_objects(remove_unreferenced=True)
    return len(writer.pages), b"letter to Anna" in written(writer)


document = pypdf.PdfWriter()
for text in (b"letter to Anna", b"letter to Ben"):
    page, content = document.add_blank_page(200, 200), DecodedStreamObject()
    content.set_data(b"BT (" + text + b") Tj ET")
    page[NameObject("/Contents")] = document._add_object(content)
original = written(document)
plain, cleaned = without_first(False), without_first(True)
copy = pypdf.PdfWriter()
copy.add_page(pypdf.PdfReader(BytesIO(original)).pages[1])
copied = (len(copy.pages), b"letter to Anna" in written(copy))
print(f"pypdf {pypdf.__version__}: pages left {plain[0]}, text of the deleted page in the file: {plain[1]}")
print(f"  after compress_identical_objects(remove_unreferenced=True): {cleaned[1]}; in a copy of the other page: {copied[1]}")
sys.exit((plain, cleaned, copied) != ((1, True), (1, True), (1, False)))
PYTHON
