import AMXEmulation
import CStrandKernels
import Testing

@testable import StrandNetwork

/// A table of kernels under test: one for each path this processor runs, the AMX one with its instructions emulated, and
/// the double-precision one.
enum TestedTable: Sendable, CustomTestStringConvertible {
    case float(KernelPath)
    case emulatedAMX
    case emulatedInt8AMX
    case double

    static let floats = KernelPath.allCases.filter { $0.isSupported && $0.precision == .fp32 }.map(Self.float)
    static let bf16 =
        KernelPath.allCases.filter { $0.isSupported && $0.precision == .bf16 }.map(Self.float)
        + (strand_kernels_amx_emulation() == nil ? [] : [.emulatedAMX])
    static let all = floats + bf16 + [.double]
    /// Those for inference with 8-bit products.
    static let int8 =
        KernelPath.allCases.filter { $0.isSupported && $0.precision == .int8 }.map(Self.float)
        + (strand_kernels_int8amx_emulation() == nil ? [] : [.emulatedInt8AMX])

    /// Whether products round their operands to bfloat16. Given numbers that it holds, they are exact all the same.
    var roundsOperands: Bool {
        switch self {
        case .float(let path): path.precision == .bf16
        case .emulatedAMX: true
        case .emulatedInt8AMX: true
        case .double: false
        }
    }

    var kernels: strand_kernels {
        switch self {
        case .float(let path): KernelTables(path)[Float.self]
        case .emulatedAMX: strand_kernels_amx_emulation().pointee
        case .emulatedInt8AMX: strand_kernels_int8amx_emulation().pointee
        case .double: KernelTables(.portable)[Double.self]
        }
    }

    /// One of two checks that differ in their scalar.
    func check<R>(_ float: @autoclosure () -> R, _ double: @autoclosure () -> R) -> R {
        switch self {
        case .float, .emulatedAMX, .emulatedInt8AMX: float()
        case .double: double()
        }
    }

    var testDescription: String {
        switch self {
        case .float(let path): path.rawValue
        case .emulatedAMX: "amx, emulated"
        case .emulatedInt8AMX: "int8amx, emulated"
        case .double: "double"
        }
    }
}

/// Sizes of a sum that meet the edges of the kernels' blocks of 64 and 128.
let innerSizes = [1, 2, 3, 5, 7, 21, 63, 64, 65, 127, 128, 129, 200]

/// Numbers of columns: every multiple of 16 up to two panels and a quarter.
let columnCounts = Array(stride(from: 16, through: 144, by: 16))

extension SeededGenerator {
    /// Numbers in -1 ..< 1 that a `Float` holds exactly, so that tables of both scalars are given the same.
    /// - Parameter isCoarse: whether a bfloat16 holds them too.
    mutating func floats(_ count: Int, within limit: Double = 1, isCoarse: Bool = false) -> [Double] {
        (0..<count).map { _ in
            let number = Double(Float(uniform(within: limit)))
            return isCoarse ? (number * 128).rounded() / 128 : number
        }
    }
}
