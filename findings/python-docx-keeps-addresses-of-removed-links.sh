#!/bin/sh
# Expected: removing the paragraph with a mail link removes the address from the saved document.
# Seen: the relationship stays, and with it the address, in word/_rels/document.xml.rels.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check python-docx==1.2.0 lxml==6.1.3
"$folder/venv/bin/python" - <<'PYTHON'
import sys
from io import BytesIO
from zipfile import ZipFile

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.shared import OxmlElement, qn

ADDRESS = "anna@shop.example"
document = docx.Document()
paragraph = document.add_paragraph("Write to ")
link = OxmlElement("w:hyperlink")
link.set(qn("r:id"), document.part.relate_to(f"mailto:{ADDRESS}", RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
paragraph._p.append(link)
first = BytesIO()
document.save(first)

document = docx.Document(BytesIO(first.getvalue()))
element = document.paragraphs[0]._p
element.getparent().remove(element)
second = BytesIO()
document.save(second)
with ZipFile(second) as archive:
    parts = [name for name in archive.namelist() if ADDRESS.encode() in archive.read(name)]
print(f"python-docx {docx.__version__}: parts that hold the address after its paragraph was removed:", *parts)
sys.exit(parts != ["word/_rels/document.xml.rels"])
PYTHON
