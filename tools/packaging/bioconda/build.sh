#!/bin/bash
# The release is laid out as it is installed: bin/strand and share/.
set -euo pipefail

install -d "${PREFIX}/bin"
install -m 755 bin/strand "${PREFIX}/bin/strand"
find share -type f -exec install -D -m 644 {} "${PREFIX}/{}" \;
