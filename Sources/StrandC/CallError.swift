import CStrand
import Strand

/// What is wrong with a call.
struct CallError: Error {
    let status: strand_status
    let text: String

    /// An argument that is out of range or does not fit the model.
    static func argument(_ text: String) -> CallError { CallError(status: STRAND_BAD_ARGUMENT, text: text) }
    /// Data that are not as they should be.
    static func input(_ text: String) -> CallError { CallError(status: STRAND_BAD_INPUT, text: text) }

    private init(status: strand_status, text: String) {
        (self.status, self.text) = (status, text)
    }

    fileprivate init(_ error: any Error) {
        switch error {
        case let error as CallError: self = error
        case is SafetensorsError: self.init(status: STRAND_BAD_MODEL, text: "\(error)")
        default: self.init(status: STRAND_BAD_INPUT, text: "\(error)")
        }
    }
}

/// Sequences, and numbers of one, beyond which a call is taken for a mistake, such as a count that has wrapped around.
let mostInACall = 1 << 40

/// The numbers from 0 up to a count.
/// - Throws: if it is beyond `mostInACall`.
func checkedCount(_ count: Int, _ what: String) throws -> Range<Int> {
    guard (0...mostInACall).contains(count) else {
        throw CallError.argument("\(UInt(bitPattern: count)) \(what): \(mostInACall) is the most")
    }
    return 0..<count
}

/// Runs a call: what it throws becomes its status and, if it is wanted, a text.
/// - Parameter delaysForks: whether no fork may come between.
func call(
    _ error: UnsafeMutablePointer<strand_error>?, delaysForks: Bool = true, _ body: () throws -> Void
) -> strand_status {
    do {
        if delaysForks { try Compute.delayingForks(body) } else { try body() }
        error?.pointee.status = STRAND_OK
        error?.pointee.write("")
        return STRAND_OK
    } catch let thrown {
        let problem = CallError(thrown)
        error?.pointee.status = problem.status
        error?.pointee.write(problem.text)
        return problem.status
    }
}

extension strand_error {
    /// Writes a text. Of one that does not fit the middle is left out, because it ends with what is wrong; no code point of
    /// UTF-8 is cut.
    fileprivate mutating func write(_ message: String) {
        withUnsafeMutableBytes(of: &text) { bytes in
            var shown = Array(message.utf8)
            if shown.count >= bytes.count {
                let mark = Array(" ... ".utf8)
                let half = (bytes.count - 1 - mark.count) / 2
                let isContinuation = { (byte: UInt8) in byte & 0xC0 == 0x80 }
                var (head, tail) = (shown.prefix(half), shown.suffix(half))
                if isContinuation(shown[half]) {
                    while let last = head.last, isContinuation(last) { head.removeLast() }
                    head.removeLast()
                }
                while let first = tail.first, isContinuation(first) { tail.removeFirst() }
                shown = head + mark + tail
            }
            bytes.copyBytes(from: shown + [0])
        }
    }
}
