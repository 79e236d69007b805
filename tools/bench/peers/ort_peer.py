"""ONNX Runtime as a peer of strand-bench (inference only): the same protocol as torch_peer.py.

In int8 the model is what `quantize_dynamic` makes of it.

A case with "cell": "gru" and "nets": 5 is the shape of S4PRED: that many networks whose outputs are averaged.
"""
import os
import tempfile

import numpy as np
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import quantize_dynamic
from serve import serve

random = np.random.default_rng(1)


def uniform(hidden, *shape):
    return ((random.random(shape, dtype=np.float32) * 2 - 1) / np.sqrt(hidden)).astype(np.float32)


def model(case):
    hidden, inputs = case["hidden"], case["inputs"]
    kind, gates = ("GRU", 3) if case.get("cell") == "gru" else ("LSTM", 4)
    nodes, constants, current = [], [], "X"

    def constant(name, value):
        constants.append(numpy_helper.from_array(np.asarray(value), name))
        return name

    shape = constant("shape", np.array([0, 0, 2 * hidden], np.int64))
    for layer in range(case["layers"]):
        weights = [
            constant(f"W{layer}", uniform(hidden, 2, gates * hidden, inputs)),
            constant(f"R{layer}", uniform(hidden, 2, gates * hidden, hidden)),
            constant(f"B{layer}", uniform(hidden, 2, 2 * gates * hidden)),
        ]
        nodes.append(
            helper.make_node(
                kind, [current, *weights, "lengths"], [f"Y{layer}"], hidden_size=hidden, direction="bidirectional"
            )
        )
        nodes.append(helper.make_node("Transpose", [f"Y{layer}"], [f"Z{layer}"], perm=[0, 2, 1, 3]))
        nodes.append(helper.make_node("Reshape", [f"Z{layer}", shape], [f"O{layer}"]))
        current, inputs = f"O{layer}", 2 * hidden
    nodes.append(helper.make_node("MatMul", [current, constant("Wo", uniform(hidden, inputs, case["labels"]))], ["L"]))
    nodes.append(helper.make_node("Softmax", ["L"], ["P"], axis=-1))
    graph = helper.make_graph(
        nodes,
        "tagger",
        [
            helper.make_tensor_value_info("X", TensorProto.FLOAT, ["T", "B", case["inputs"]]),
            helper.make_tensor_value_info("lengths", TensorProto.INT32, ["B"]),
        ],
        [helper.make_tensor_value_info("P", TensorProto.FLOAT, ["T", "B", case["labels"]])],
        constants,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


def serialised(case):
    if case["precision"] != "int8":
        return model(case).SerializeToString()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "int8.onnx")
        quantize_dynamic(model(case), path)
        with open(path, "rb") as file:
            return file.read()


class Case:
    def __init__(self, case):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = case["threads"]
        options.inter_op_num_threads = 1
        self.sessions = [
            onnxruntime.InferenceSession(
                serialised(case), options, providers=["CPUExecutionProvider"]
            )
            for _ in range(case.get("nets", 1))
        ]
        lengths = np.array(sorted(case["lengths"], reverse=True), np.int32)
        x = random.standard_normal((int(lengths[0]), len(lengths), case["inputs"])).astype(np.float32)
        self.feed = {"X": x, "lengths": lengths}

    def run(self):
        return sum(session.run(None, self.feed)[0] for session in self.sessions)


serve(f"ONNX Runtime {onnxruntime.__version__}", Case)
