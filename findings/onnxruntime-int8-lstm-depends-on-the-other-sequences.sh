#!/bin/sh
# An LSTM that ONNX Runtime's `quantize_dynamic` made gives a sequence other outputs when another one is in its batch.
#
# Packages: onnxruntime 1.32.0, onnx 1.22.0 and numpy 2.4.6 of PyPI.
# Behaviour: the quantised operator rounds the inputs of a timestep by their range over the whole batch. A sequence beside
# one with larger numbers is rounded more coarsely: alone it is 0.004 from the outputs in 32 bits, beside the other 0.026.
# In 32 bits the company changes nothing. So labels depend on how a file is cut into batches.
# Output seen: "fp32: alone and beside another differ by 0.0000", "int8: alone and beside another differ by 0.0264; from
# fp32 by 0.0044 alone, 0.0262 beside it".
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install -q numpy==2.4.6 onnx==1.22.0 onnxruntime==1.32.0
cat >look.py <<'EOF2'
import numpy
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import quantize_dynamic

units, inputs, steps = 32, 16, 20
random = numpy.random.default_rng(1)


def uniform(name, *shape):
    values = (random.random(shape, dtype="float32") * 2 - 1) / units**0.5
    return numpy_helper.from_array(values.astype("float32"), name)


constants = [uniform("W", 1, 4 * units, inputs), uniform("R", 1, 4 * units, units), uniform("B", 1, 8 * units)]
graph = helper.make_graph(
    [helper.make_node("LSTM", ["X", "W", "R", "B"], ["Y"], hidden_size=units)], "lstm",
    [helper.make_tensor_value_info("X", TensorProto.FLOAT, ["T", "N", inputs])],
    [helper.make_tensor_value_info("Y", TensorProto.FLOAT, ["T", 1, "N", units])], constants)
onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9), "fp32.onnx")
quantize_dynamic("fp32.onnx", "int8.onnx")
quiet = random.standard_normal((steps, 1, inputs)).astype("float32")
loud = 8 * random.standard_normal((steps, 1, inputs)).astype("float32")


def outputs(model, batch):
    session = onnxruntime.InferenceSession(model, providers=["CPUExecutionProvider"])
    return session.run(None, {"X": batch})[0][:, :, :1]


def difference(first, second):
    return float(abs(first - second).max())


both = numpy.concatenate([quiet, loud], 1)
exact = outputs("fp32.onnx", quiet)
apart = difference(exact, outputs("fp32.onnx", both))
alone, beside = outputs("int8.onnx", quiet), outputs("int8.onnx", both)
print(f"fp32: alone and beside another differ by {apart:.4f}")
print(f"int8: alone and beside another differ by {difference(alone, beside):.4f}; from fp32 by"
      f" {difference(alone, exact):.4f} alone, {difference(beside, exact):.4f} beside it")
assert apart < 1e-5 and difference(alone, exact) < 0.008 and 0.015 < difference(beside, exact) < 0.05
EOF2
venv/bin/python look.py 2>/dev/null
