import Glibc
import Synchronization

/// Whether somebody asked the program to stop: SIGINT (Ctrl-C) or SIGTERM.
///
/// The first such signal is noted, so that the work at hand can be finished; a second one ends the program at once.
enum Interruption {
    private static let requested = Atomic<Int32>(0)

    /// From here on signals are noted.
    static func watch() {
        // The variable must exist before a signal comes.
        requested.store(0, ordering: .relaxed)
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { Interruption.requested.store($0, ordering: .relaxed) }
        action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
        sigaction(SIGINT, &action, nil)
        sigaction(SIGTERM, &action, nil)
        // Whoever starts the program from a thread that blocks signals leaves them blocked.
        var both = sigset_t()
        sigemptyset(&both)
        sigaddset(&both, SIGINT)
        sigaddset(&both, SIGTERM)
        pthread_sigmask(SIG_UNBLOCK, &both, nil)
    }

    /// The signal that came; nil: none.
    static var signal: Int32? {
        let number = requested.load(ordering: .relaxed)
        return number == 0 ? nil : number
    }
}

/// The run was stopped by a signal; what is whole stays.
struct Interrupted: Error, CustomStringConvertible {
    let signal: Int32
    let records: Int
    let isResumable: Bool

    var description: String {
        "stopped after \(counted(records, "record"))" + (isResumable ? "; the same command with --resume goes on" : "")
    }
}

/// Records were left out: all others are in the output.
struct RecordsRejected: Error {}
