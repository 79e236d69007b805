import Foundation
import StrandBytes
import StrandInk
import StrandProteins

/// All samples of a reader.
public func allSamples<Reader: RecordReader<InkSample> & ~Copyable>(
    _ reader: consuming Reader
) throws(FormatError) -> [InkSample] {
    var reader = reader
    var samples: [InkSample] = []
    while let sample = try reader.next() { samples.append(sample) }
    return samples
}

/// The text of the error that ends the reading, or the number of samples.
public func fault<Reader: RecordReader<InkSample> & ~Copyable>(_ reader: consuming Reader) -> String {
    do throws(FormatError) {
        return "\(try allSamples(reader).count) samples"
    } catch {
        return error.description
    }
}

/// A stroke of points without times.
public func stroke(_ points: (Double, Double)...) -> [InkPoint] { points.map { InkPoint(x: $0.0, y: $0.1) } }

/// The expected contents of the ink specimens, if the development data are there.
public struct InkSpecimens {
    /// The contents of one specimen.
    public struct Expectation: Decodable, Sendable {
        public let text: String
        public let strokes: Int
        public let points: Int
    }

    /// The folder with a slash; nil if there is none.
    public static let folder = TestFiles.developmentData.map { "\($0)/ink/formats/" }

    /// By name: s1 to s4.
    public static let expected: [String: Expectation] = {
        guard let folder, let data = FileManager.default.contents(atPath: "\(folder)specimens/EXPECTED.json") else {
            return [:]
        }
        return (try? JSONDecoder().decode([String: Expectation].self, from: data)) ?? [:]
    }()

    /// A file in the folder of formats.
    public static func path(_ name: String) -> String { "\(folder ?? "")\(name)" }

    /// Whether a sample has the text and the counts of a specimen.
    public static func holds(_ sample: InkSample, _ name: String) -> Bool {
        guard let expected = expected[name] else { return false }
        return sample.text == expected.text && sample.strokes.count == expected.strokes
            && sample.pointCount == expected.points
    }
}

/// The samples of an InkML document.
public func inkML(_ text: String) throws(FormatError) -> [InkSample] { try allSamples(InkMLReader(memory(text))) }
