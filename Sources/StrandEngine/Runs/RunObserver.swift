/// Receives the reports of long work: a terminal, a log, a window.
public protocol RunObserver: Sendable {
    /// A message of one line.
    func message(_ text: String)

    /// The state of the work. Called often; the text is only made if it is shown.
    func progress(_ text: @autoclosure () -> String)

    /// The work reported by `progress` is done; a text stays where progress was shown.
    func done(_ text: @autoclosure () -> String?)
}

extension RunObserver {
    /// The work reported by `progress` is done; nothing stays.
    public func done() { done(nil) }
}

/// Ignores everything.
public struct SilentObserver: RunObserver {
    public init() {}

    public func message(_ text: String) {}
    public func progress(_ text: @autoclosure () -> String) {}
    public func done(_ text: @autoclosure () -> String?) {}
}
