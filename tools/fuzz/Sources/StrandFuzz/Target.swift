/// Something that any bytes can be given to.
struct Target: Sendable {
    let name: String
    /// Stops the program where a promise is broken.
    let check: @Sendable ([UInt8]) -> Void

    static let all = byteTargets + chainTargets + inkTargets + modelTargets + requestTargets
}

/// Stops the program, and so makes a finding, unless `promise` holds.
func require(_ promise: Bool, _ what: @autoclosure () -> String) {
    if !promise { fatalError("broken: \(what())") }
}

/// Stops the program with both values unless they are equal.
func requireEqual<Value: Equatable>(_ left: Value, _ right: Value, _ what: @autoclosure () -> String) {
    require(left == right, "\(what()):\n\(left)\n\(right)")
}
