#!/bin/sh
# sh tools/browser/check.sh PROGRAM [PICTURES]: both pages in Chromium, which apt installs where it is missing and may be.
set -eu
cd "$(dirname "$0")/../.."
program=$1
if ! command -v chromium >/dev/null; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "skipped: the pages (chromium is not installed)"
        exit 0
    fi
    apt-get install -q -y chromium >/dev/null || { echo "skipped: the pages (chromium cannot be installed)"; exit 0; }
fi
python=.build/browser/bin/python
if [ ! -x "$python" ]; then
    "${PYTHON:-python3}" -m venv .build/browser
    .build/browser/bin/pip install -q playwright==1.65.2 axe-playwright-python==0.1.8 prometheus-client==0.23.1 ||
        { rm -rf .build/browser; echo "skipped: the pages (Playwright cannot be installed)"; exit 0; }
fi

# A proteome of made-up chains.
"$python" - >.build/browser/chains.ssfa <<'END'
import random
random.seed(1)
for number in range(400):
    length = int(random.lognormvariate(5.5, 0.6)) + 10
    labels = "".join(random.choice("HEC") * random.randint(2, 12) for _ in range(length))[:length]
    print(f">chain{number} protein {number % 7}\n{''.join(random.choices('ACDEFGHIKLMNPQRSTVWY', k=length))}\n{labels}")
END
"$program" view .build/browser/chains.ssfa -o .build/browser/chains.html
"$python" tools/browser/pages.py "$program" --proteome .build/browser/chains.html ${2:+--screenshots "$2"}
