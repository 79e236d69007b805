import Glibc

/// The files of a run, checked before its work starts: no output may be an input or another output, by whatever name
/// or link, and each must be writable.
public struct RunFiles {
    /// A file that exists, or will, in a folder.
    private struct Identity: Hashable {
        var device: dev_t
        var inode: ino_t
        var name = ""
    }

    /// The files to read, by identity.
    private var inputs: [Identity: String] = [:]
    /// What each output is, by identity; what goes to standard output.
    private var outputs: [Identity: String] = [:]
    private var standardOutput: String?

    /// Checks the files of a run.
    /// - Parameters:
    ///   - inputs: as on the command line: `-` is standard input, a folder stands for the files in it.
    ///   - outputs: as on the command line, `-` being standard output, each with what it is: `output`, `manifest`; nil
    ///     for one that was not asked for.
    /// - Throws: `readTwice`, `replacesInput`, `sameOutput`, `outputIsDirectory` or `cannotWrite`.
    public static func check(reading inputs: [String], writing outputs: [(path: String?, role: String)])
        throws(FormatError)
    {
        var files = try RunFiles(inputs)
        for (path, role) in outputs {
            guard let path else { continue }
            do throws(FormatError.Problem) { try files.add(path, as: role) } catch {
                throw FormatError(file: ByteDestination(argument: path).name, problem: error)
            }
        }
    }

    /// - Throws: `readTwice`.
    private init(_ inputs: [String]) throws(FormatError) {
        var streams: Set<Identity> = []
        for path in inputs.flatMap({ Folder.files(at: $0) ?? [$0] }) {
            let status =
                path == "-" ? FileState.status(ofDescriptor: STDIN_FILENO) : FileState.status(of: path)
            guard let status else { continue }
            let identity = Identity(device: status.st_dev, inode: status.st_ino)
            if path == "-" || status.st_mode & S_IFMT == S_IFIFO, !streams.insert(identity).inserted {
                throw FormatError(file: ByteSource(argument: path).name, problem: .file(.readTwice))
            }
            // Pipes and devices keep nothing that could be lost.
            if FileState.isRegular(status) { self.inputs[identity] = path }
        }
    }

    private mutating func add(_ path: String, as role: String) throws(FormatError.Problem) {
        let isStandardOutput = path == "-" || OutputFile.descriptor(named: path) == STDOUT_FILENO
        guard let identity = try isStandardOutput ? identityOfStandardOutput(role) : Self.identity(of: path) else {
            return
        }
        if let input = inputs[identity] { throw .file(.replacesInput(input, role: role)) }
        if let other = outputs[identity] { throw .file(.sameOutput(role, other)) }
        outputs[identity] = role
        // Opened and dropped, which leaves nothing behind.
        if path != "-", OutputFile.isRegular(path) { _ = try OutputFile(path) }
    }

    private mutating func identityOfStandardOutput(_ role: String) throws(FormatError.Problem) -> Identity? {
        if let other = standardOutput { throw .file(.sameOutput(role, other)) }
        standardOutput = role
        guard let status = FileState.status(ofDescriptor: STDOUT_FILENO), FileState.isRegular(status) else {
            return nil
        }
        return Identity(device: status.st_dev, inode: status.st_ino)
    }

    /// Nil for a device, which any number of outputs may share.
    private static func identity(of path: String) throws(FormatError.Problem) -> Identity? {
        let target = OutputFile.resolved(path)
        if let status = FileState.status(of: target) {
            return status.st_mode & S_IFMT == S_IFCHR ? nil : Identity(device: status.st_dev, inode: status.st_ino)
        }
        let slash = target.lastIndex(of: "/")
        let folder = slash.map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
        guard let status = FileState.status(of: folder) else { throw .file(.cannotWrite(errno: errno)) }
        let name = slash.map { String(target[target.index(after: $0)...]) } ?? target
        return Identity(device: status.st_dev, inode: status.st_ino, name: name)
    }
}
