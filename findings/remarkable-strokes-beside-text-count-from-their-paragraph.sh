#!/bin/sh
# Strokes beside typed text on a page of reMarkable lie on each other in rmscene: their y counts from their paragraph.
#
# Packages: rmscene 0.6.1 and rmc 0.3.0 of PyPI.
# Behaviour: on a page of version 6 with typed text, ink is kept in groups that are anchored to a character of the text, and its
# points count from there, since it moves with the text. The file does not say where a paragraph is: that follows from the
# layout of the text. rmscene gives the points as they are stored, so that notes beside different paragraphs have the same
# coordinates; a recogniser or renderer that takes them as places on the page mixes them. rmc lays the text out to place them.
# Output seen: twice "rmscene: [(-300.0, 0.0), (-250.0, 10.0), (-200.0, 0.0)]", and "rmc: 46.5 91.1", where it moves them to.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q rmscene==0.6.1 rmc==0.3.0
cat >make.py <<'EOF'
from rmscene import scene_items as si
from rmscene.crdt_sequence import CrdtSequenceItem
from rmscene.scene_stream import (SceneGroupItemBlock, SceneLineItemBlock, SceneTreeBlock, TreeNodeBlock, read_tree,
                                  simple_text_document, write_blocks)
from rmscene.tagged_block_common import CrdtId, LwwValue

NONE = CrdtId(0, 0)


def item(number, value):
    return CrdtSequenceItem(CrdtId(1, number), NONE, NONE, 0, value)


def note(number, letter):
    """A stroke beside the paragraph with this letter of the text, in a group of its own as the tablet makes it."""
    group = si.Group(
        CrdtId(1, number), anchor_id=LwwValue(CrdtId(1, 50), CrdtId(1, 16 + letter)), anchor_type=LwwValue(CrdtId(1, 50), 2),
        anchor_threshold=LwwValue(CrdtId(1, 50), 0.0), anchor_origin_x=LwwValue(CrdtId(1, 50), 0.0))
    points = [si.Point(x, y, 0, 0, 8, 128) for x, y in ((-300, 0), (-250, 10), (-200, 0))]
    line = si.Line(si.PenColor.BLACK, si.Pen.FINELINER_2, points, 2.0, 0.0)
    yield SceneTreeBlock(CrdtId(1, number), NONE, True, CrdtId(0, 11))
    yield TreeNodeBlock(group)
    yield SceneGroupItemBlock(parent_id=CrdtId(0, 11), item=item(number + 1, CrdtId(1, number)))
    yield SceneLineItemBlock(parent_id=CrdtId(1, number), item=item(number + 2, line))


with open("page.rm", "wb") as file:
    write_blocks(file, [*simple_text_document("one\ntwo\nthree\nfour"), *note(100, 0), *note(200, 8)])
with open("page.rm", "rb") as file:
    for each in read_tree(file).walk():
        if isinstance(each, si.Line):
            print("rmscene:", [(point.x, point.y) for point in each.points])
EOF
venv/bin/python make.py | tee rmscene.txt
venv/bin/rmc -t svg -o page.svg page.rm
places=$(sed -n 's/.*id="CrdtId(1, .*translate(0.0, \([0-9]*\.[0-9]\).*/\1/p' page.svg | xargs)
echo "rmc: $places"
[ "$(sort -u rmscene.txt)" = "rmscene: [(-300.0, 0.0), (-250.0, 10.0), (-200.0, 0.0)]" ] && [ "$(wc -l <rmscene.txt)" -eq 2 ]
[ "$places" = "46.5 91.1" ]
