"""The Python examples of the article "Models in other programs", for the checks that run them."""
import os
import re

PROJECT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ARTICLE = os.path.join(PROJECT, "Sources/Strand/Strand.docc/OtherPrograms.md")


def run_examples(needing, folder):
    """Runs the examples under the heading that names a program, one after another, in a folder; returns their names."""
    with open(ARTICLE) as file:
        sections = re.split(r"^## ", file.read(), flags=re.MULTILINE)
    section, = [section for section in sections if section.startswith(needing)]
    names, before = {}, os.getcwd()
    os.chdir(folder)
    for example in re.findall(r"^```python\n(.*?)^```", section, flags=re.MULTILINE | re.DOTALL):
        exec(compile(example, ARTICLE, "exec"), names)
    os.chdir(before)
    assert names, f"no example in the section {needing}"
    return names
