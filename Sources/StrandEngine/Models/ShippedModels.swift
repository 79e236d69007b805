import FoundationEssentials
import Glibc
import StrandBytes
import StrandNetwork

/// A model's file inside the program.
package struct ShippedFile: Sendable {
    private nonisolated(unsafe) let start: UnsafePointer<UInt8>
    private let count: Int

    /// - Parameter start: the first of `count` constant bytes of the program or library itself.
    package init(_ start: UnsafePointer<UInt8>, count: Int) {
        self.start = start
        self.count = count
    }

    /// Its bytes.
    package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

    /// SHA-256 in hexadecimal.
    package var sha256: String {
        var digest = SHA256()
        digest.update(bytes[...])
        return digest.finish()
    }

    /// Gives the memory of its pages back, which the system fills from the program's file when they are wanted again.
    package func letGo() {
        let page = Int(sysconf(Int32(_SC_PAGESIZE)))
        let (first, last) = (Int(bitPattern: start), Int(bitPattern: start) + count)
        let whole = (first + page - 1) / page * page..<max(last / page * page, (first + page - 1) / page * page)
        madvise(UnsafeMutableRawPointer(bitPattern: whole.lowerBound), whole.count, MADV_DONTNEED)
    }

    /// The model that `read` makes from the file.
    package func model<Model>(_ read: (Safetensors, String) throws(SafetensorsError) -> Model) -> Model {
        defer { letGo() }
        let name = "shipped model"
        let bytes = Data(bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: count, deallocator: .none)
        do { return try read(Safetensors(bytes: bytes, file: name), name) } catch {
            preconditionFailure("\(error)")
        }
    }
}
