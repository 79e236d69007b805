/// A line on the terminal that tells how far long work has come; nothing where standard error is no terminal.
final class Progress {
    private let clock = ContinuousClock()
    private let start: ContinuousClock.Instant
    private var shown: ContinuousClock.Instant?
    /// Whether anything is shown at all.
    let isShown: Bool

    /// - Parameter isBesideOutput: whether results go to standard output meanwhile: on a terminal the two would mix.
    init(isBesideOutput: Bool = false) {
        start = clock.now
        isShown = Terminal.showsProgress && !(isBesideOutput && Terminal.outputIsTerminal)
    }

    /// Time since the start in seconds.
    var seconds: Double { start.duration(to: clock.now) / .seconds(1) }

    /// Shows the text, at most ten times a second.
    func update(_ text: @autoclosure () -> String) {
        guard isShown, shown.map({ $0.duration(to: clock.now) > .milliseconds(100) }) ?? true else { return }
        shown = clock.now
        Terminal.write("\r\u{1B}[K\(text())")
    }

    /// Clears the line, so that a message can take its place.
    func clear() {
        if shown != nil { Terminal.write("\r\u{1B}[K") }
        shown = nil
    }
}

/// A whole number with thousands apart: 1,360,000.
func grouped(_ number: Int) -> String {
    let digits = Array(String(number.magnitude))
    let groups = stride(from: digits.count, to: 0, by: -3).map { String(digits[max(0, $0 - 3)..<$0]) }
    return (number < 0 ? "-" : "") + groups.reversed().joined(separator: ",")
}

/// A count and what it counts: 1 record, 2 records.
func counted(_ number: Int, _ noun: String) -> String { "\(grouped(number)) \(noun)\(number == 1 ? "" : "s")" }

/// Seconds as 42 s, 3 min 20 s or 2 h 5 min.
func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    if whole < 60 { return "\(whole) s" }
    return whole < 3600 ? "\(whole / 60) min \(whole % 60) s" : "\(whole / 3600) h \(whole / 60 % 60) min"
}

/// A number with a fixed count of decimals.
func fixed(_ value: Double, _ decimals: Int) -> String {
    let scale = (0..<decimals).reduce(1) { product, _ in product * 10 }
    let scaled = Int((value.magnitude * Double(scale)).rounded())
    let fraction = String(scaled % scale + scale).dropFirst()
    return (value < 0 && scaled > 0 ? "-" : "") + "\(scaled / scale)" + (decimals > 0 ? ".\(fraction)" : "")
}
