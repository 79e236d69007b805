import Strand
import Synchronization

/// The terminal as observer of long work: messages on standard error, progress on a line of its own with the share of
/// the input that is read and the time left.
final class ConsoleObserver: RunObserver {
    private struct State {
        var shown: ContinuousClock.Instant?
        var text = ""
        var meter: InputMeter?
    }

    private let state = Mutex(State())
    /// Whether to show progress at all.
    private let isShown: Bool

    /// - Parameter isBesideOutput: whether results go to standard output meanwhile: where somebody reads them the two
    ///   would mix.
    init(isBesideOutput: Bool = false) {
        isShown = Terminal.showsProgress && !(isBesideOutput && Terminal.outputIsRead)
    }

    /// A meter of the files of the run, whose readings are shown.
    func meter(of files: [String], isHashing: Bool = false) -> InputMeter {
        let meter = InputMeter(
            files, isHashing: isHashing, isStopped: { Interruption.flag.raised != nil },
            didRead: { [weak self] in self?.draw { _ in } })
        state.withLock { $0.meter = meter }
        return meter
    }

    func message(_ text: String) {
        clear()
        Terminal.message(text)
    }

    func progress(_ text: @autoclosure () -> String) { draw { $0.text = text() } }

    func done(_ text: @autoclosure () -> String?) {
        clear()
        state.withLock { $0.text = "" }
        if isShown, let text = text() { Terminal.message(text) }
    }

    /// Draws the line, at most ten times a second.
    private func draw(updating update: (inout State) -> Void) {
        guard isShown else { return }
        state.withLock { state in
            if let shown = state.shown, shown.duration(to: .now) < .milliseconds(100) { return }
            update(&state)
            let line = [state.meter?.shareText ?? "", state.text, state.meter?.timeText ?? ""]
                .filter { !$0.isEmpty }.joined(separator: ", ")
            if line.isEmpty { return }
            state.shown = .now
            // A line that fills the last column would wrap.
            Terminal.write("\r\u{1B}[K\(line.prefix((Terminal.columns ?? 80) - 1))")
        }
    }

    /// Clears the line, so that a message can take its place.
    private func clear() {
        state.withLock { state in
            if state.shown != nil { Terminal.write("\r\u{1B}[K") }
            state.shown = nil
        }
    }
}

extension InputMeter {
    /// Empty when all is read: what remains is of unknown size.
    fileprivate var shareText: String { share.flatMap { $0 < 1 ? "\(Int(100 * $0)) %" : nil } ?? "" }

    fileprivate var timeText: String { secondsLeft.map { "\(duration($0)) left" } ?? "" }
}
