/// What hears of long work: a terminal, a log, a window.
public protocol RunObserver: Sendable {
    /// Something worth saying, in one line.
    func message(_ text: String)

    /// How far the work has come. Called often; the text is made only where it is shown.
    func progress(_ text: @autoclosure () -> String)

    /// The work that `progress` told of is done; the last text stays where progress was shown.
    func done(_ text: @autoclosure () -> String?)
}

extension RunObserver {
    /// The work that `progress` told of is done; nothing stays.
    public func done() { done(nil) }
}

/// Hears nothing.
public struct SilentObserver: RunObserver {
    public init() {}

    public func message(_ text: String) {}
    public func progress(_ text: @autoclosure () -> String) {}
    public func done(_ text: @autoclosure () -> String?) {}
}
