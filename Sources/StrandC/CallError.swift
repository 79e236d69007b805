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

/// Runs a call: no fork comes between, and what it throws becomes its status and, if it is wanted, a text.
func call(_ error: UnsafeMutablePointer<strand_error>?, _ body: () throws -> Void) -> strand_status {
    Compute.delayingForks {
        do {
            try body()
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
}

extension strand_error {
    /// Writes a text, as much as fits of it without cutting a character.
    fileprivate mutating func write(_ message: String) {
        withUnsafeMutableBytes(of: &text) { bytes in
            var end = 0
            for character in message {
                guard end + character.utf8.count < bytes.count else { break }
                for byte in character.utf8 {
                    bytes[end] = byte
                    end += 1
                }
            }
            bytes[end] = 0
        }
    }
}
