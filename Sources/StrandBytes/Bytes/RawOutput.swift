import Glibc

/// An open destination: a descriptor, or bytes collected in memory.
struct RawOutput: ~Copyable {
    private let name: String
    private let descriptor: Int32?
    private var file: OutputFile?
    private var memory: [UInt8] = []
    private let digest: BackgroundDigest?

    init(_ destination: ByteDestination, digest: BackgroundDigest?) throws(FormatError) {
        self.digest = digest
        name = destination.name
        switch destination {
        case .memory: descriptor = nil
        case .standardOutput: descriptor = STDOUT_FILENO
        case .file(let path), .newFile(let path):
            do throws(FormatError.Problem) {
                if destination == .file(path) { try RunJournal.check(beside: OutputFile.resolved(path)) }
                let opened = try OutputFile(path, isNew: destination == .newFile(path))
                descriptor = opened.descriptor
                file = consume opened
            } catch {
                throw FormatError(file: path, problem: error)
            }
        }
    }

    /// Writes all of `bytes`.
    mutating func write(_ bytes: [UInt8]) throws(FormatError) {
        digest?.update(bytes[...])
        guard let descriptor else {
            memory += bytes
            return
        }
        do throws(FormatError.Problem) {
            try Self.write(bytes, to: descriptor)
        } catch {
            throw FormatError(file: name, problem: error)
        }
    }

    /// Writes all of `bytes`, in as many system calls as needed.
    /// - Throws: `cannotWrite`.
    static func write(_ bytes: [UInt8], to descriptor: Int32) throws(FormatError.Problem) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + written, $0.count - written) }
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                throw .file(.cannotWrite(errno: errno))
            }
        }
    }

    /// Gives a file its final name; returns the bytes collected in memory, none for other destinations.
    mutating func commit() throws(FormatError) -> [UInt8] {
        do throws(FormatError.Problem) {
            try file?.commit()
        } catch {
            throw FormatError(file: name, problem: error)
        }
        return memory
    }
}
