import Glibc
import Strand

/// Whether the program was asked to stop: SIGINT (Ctrl-C) or SIGTERM.
///
/// The first such signal raises the flag, so that the current work can be finished; a second ends the program at once.
enum Interruption {
    static let flag = StopFlag()

    /// From here on, signals raise the flag.
    static func watch() {
        // The flag must exist before a signal arrives.
        _ = flag.raised
        var action = sigaction()
        action.__sigaction_handler.sa_handler = { Interruption.flag.raise($0) }
        action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND))
        sigaction(SIGINT, &action, nil)
        sigaction(SIGTERM, &action, nil)
        // A parent thread that blocks signals would leave them blocked here.
        var both = sigset_t()
        sigemptyset(&both)
        sigaddset(&both, SIGINT)
        sigaddset(&both, SIGTERM)
        pthread_sigmask(SIG_UNBLOCK, &both, nil)
    }
}

/// Records were left out; all others are in the output.
struct RecordsRejected: Error {}
