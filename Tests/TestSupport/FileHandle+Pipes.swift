import Foundation

extension FileHandle {
    /// All bytes up to the end, and then closes it. Unlike `readDataToEndOfFile` it goes on after a signal's interruption.
    func allBytes() -> Data {
        var (bytes, chunk) = (Data(), [UInt8](repeating: 0, count: 1 << 16))
        while true {
            let count = Glibc.read(fileDescriptor, &chunk, chunk.count)
            if count > 0 { bytes.append(contentsOf: chunk[..<count]) } else if count == 0 || errno != EINTR { break }
        }
        try? close()
        return bytes
    }

    /// Writes bytes on another thread and closes the handle. A reader that has ended is no fault: the signal of that is blocked
    /// on the thread.
    func writeInBackground(_ data: Data) {
        Thread.detachNewThread {
            var signals = sigset_t()
            sigemptyset(&signals)
            sigaddset(&signals, SIGPIPE)
            pthread_sigmask(SIG_BLOCK, &signals, nil)
            try? self.write(contentsOf: data)
            try? self.close()
        }
    }
}
