import Glibc

/// The bytes of a file as memory, of which the system reads what is used. The file must not be shortened meanwhile.
final class MappedFile: @unchecked Sendable {
    /// Never written, hence safe to share.
    let bytes: UnsafeRawBufferPointer

    /// - Throws: `missingFile`, `inputIsDirectory` or `cannotRead`.
    init(_ path: String) throws(FormatError) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        if descriptor < 0 {
            throw FormatError(
                file: path, problem: .file(errno == ENOENT ? .missingFile : .cannotRead(errno: errno)))
        }
        defer { close(descriptor) }
        guard let status = FileState.status(ofDescriptor: descriptor), status.st_mode & S_IFMT != S_IFDIR else {
            throw FormatError(file: path, problem: .file(.inputIsDirectory))
        }
        let count = Int(status.st_size)
        if count == 0 {
            bytes = UnsafeRawBufferPointer(start: nil, count: 0)
            return
        }
        guard let memory = mmap(nil, count, PROT_READ, MAP_PRIVATE, descriptor, 0), memory != MAP_FAILED else {
            throw FormatError(file: path, problem: .file(.cannotRead(errno: errno)))
        }
        bytes = UnsafeRawBufferPointer(start: memory, count: count)
    }

    deinit {
        if let start = bytes.baseAddress { munmap(UnsafeMutableRawPointer(mutating: start), bytes.count) }
    }
}
