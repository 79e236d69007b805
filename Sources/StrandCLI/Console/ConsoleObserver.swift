import Strand
import Synchronization

/// The terminal as observer of long work: messages on standard error, progress on a line of its own.
final class ConsoleObserver: RunObserver {
    private let clock = ContinuousClock()
    private let shown = Mutex<ContinuousClock.Instant?>(nil)
    /// Whether to show progress at all.
    private let isShown: Bool

    /// - Parameter isBesideOutput: whether results go to standard output meanwhile: on a terminal the two would mix.
    init(isBesideOutput: Bool = false) {
        isShown = Terminal.showsProgress && !(isBesideOutput && Terminal.outputIsTerminal)
    }

    func message(_ text: String) {
        clear()
        Terminal.message(text)
    }

    /// Shows the text, at most ten times a second.
    func progress(_ text: @autoclosure () -> String) {
        guard isShown else { return }
        shown.withLock { shown in
            guard shown.map({ $0.duration(to: clock.now) > .milliseconds(100) }) ?? true else { return }
            shown = clock.now
            Terminal.write("\r\u{1B}[K\(text())")
        }
    }

    func done(_ text: @autoclosure () -> String?) {
        clear()
        if isShown, let text = text() { Terminal.message(text) }
    }

    /// Clears the line, so that a message can take its place.
    private func clear() {
        shown.withLock { shown in
            if shown != nil { Terminal.write("\r\u{1B}[K") }
            shown = nil
        }
    }
}
