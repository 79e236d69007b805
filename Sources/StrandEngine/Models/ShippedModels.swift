import FoundationEssentials
import StrandBytes
import StrandNetwork

/// A model's file inside the program.
package struct ShippedFile: Sendable {
    private nonisolated(unsafe) let start: UnsafePointer<UInt8>
    private let count: Int

    /// - Parameter start: the first of `count` bytes that stay valid as long as the program runs.
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

    /// The model that `read` makes from the file.
    package func model<Model>(_ read: (Safetensors, String) throws(SafetensorsError) -> Model) -> Model {
        let name = "shipped model"
        let bytes = Data(bytesNoCopy: UnsafeMutableRawPointer(mutating: start), count: count, deallocator: .none)
        do { return try read(Safetensors(bytes: bytes, file: name), name) } catch {
            preconditionFailure("\(error)")
        }
    }
}
