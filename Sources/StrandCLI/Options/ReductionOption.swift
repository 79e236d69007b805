import ArgumentParser
import Strand

/// How eight states become three.
enum ReductionOption: String, ExpressibleByArgument, CaseIterable {
    case hgiEB = "HGI/EB"
    case hE = "H/E"
    case jpred

    /// The chosen reduction.
    var reduction: LabelReduction {
        switch self {
        case .hgiEB: .hgiEB
        case .hE: .hE
        case .jpred: .jpred
        }
    }
}
