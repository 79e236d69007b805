#!/bin/sh
# The Python sources without a finding of ruff, which is taken from PATH or installed into .build.
set -eu
cd "$(dirname "$0")/../.."
ruff=$(command -v ruff || true)
if [ -z "$ruff" ]; then
    ruff=.build-lint/bin/ruff
    if [ ! -x "$ruff" ]; then
        python3 -m venv .build-lint
        .build-lint/bin/pip install --quiet --disable-pip-version-check ruff==0.14.6
    fi
fi
"$ruff" check --quiet --no-cache tools
"$ruff" check --quiet --no-cache --config tools/ruff.toml python
