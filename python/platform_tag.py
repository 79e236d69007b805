"""Names the platform of the wheel: any Python 3 on Linux with the glibc that the library in it needs, or a later one."""

import os
import platform
import re

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PlatformTag(BuildHookInterface):
    def initialize(self, version, build_data):
        library = os.path.join(self.root, "src", "strand_tagger", "libstrand.so")
        with open(library, "rb") as file:
            needed = re.findall(rb"GLIBC_2\.(\d+)\0", file.read())
        newest = max(int(minor) for minor in needed)
        build_data["pure_python"] = False
        build_data["tag"] = f"py3-none-manylinux_2_{newest}_{platform.machine()}"
