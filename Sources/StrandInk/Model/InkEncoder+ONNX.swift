import StrandEngine
import StrandNetwork

extension InkEncoder: ONNXEncoder {
    /// Adds the input `features` (B, T, I), float32: frames of ink, which `frames(of:)` makes. ONNX has no operators for
    /// that.
    package func add(to graph: inout ONNXGraph) -> String {
        let features = graph.input(
            .init(
                "features", .float32, [.batch, .time, .fixed(featureCount)],
                "frames of \(stepsPerFrame) steps of \(stepLength) letter sizes along the ink, as Strand's InkEncoder makes "
                    + "them. A step has \(Self.stepFeatureCount) numbers: direction (2), pen-up, height of its middle above "
                    + "that of the ink, bend from the previous step (2), jump while the pen is up (2), share of a full step, "
                    + "distance behind the rightmost ink so far, whether a delayed stroke is near and how far above (2). Steps "
                    + "missing from the last frame are 0."))
        return graph.add("Transpose", [features], to: "features.by_time", [.integers("perm", [1, 0, 2])])
    }
}
