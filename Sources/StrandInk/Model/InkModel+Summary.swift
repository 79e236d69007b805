import StrandBytes
import StrandEngine

extension InkEncoder: CustomStringConvertible {
    /// What the network sees of ink.
    public var description: String {
        let corrections = [(correctsSlant, "slant"), (correctsBaseline, "baseline")].filter(\.0).map(\.1)
        return
            "\(counted(featureCount, "feature")), \(counted(stepsPerFrame, "step")) of \(stepLength) letter sizes, "
            + "corrected: \(corrections.isEmpty ? "nothing" : corrections.joined(separator: ", "))"
    }
}

extension InkAugmentation: CustomStringConvertible {
    public var description: String {
        let rest = [
            ("bend", bend), ("turned", turned), ("late", late), ("sparse", sparse), ("noisy", noisy),
            ("coarse", coarse),
        ]
        return "rotation \(fixed(rotation, 3)), slant \(fixed(slant, 3)), scale \(fixed(scale, 3)), "
            + "jitter \(fixed(jitter, 3)), wave \(fixed(wave, 3))"
            + rest.filter { $0.1 > 0 }.map { ", \($0.0) \(fixed($0.1, 2))" }.joined()
    }
}

extension CharacterModel {
    /// What its file says of it, for people.
    /// - Parameter file: what the file is called.
    public func summary(file: String) -> String {
        ([
            "\(file): text model of \(counted(gramCount, "n-gram")) of up to \(counted(order, "character"))",
            "  characters \(alphabet.text)",
        ] + DataFile.summary(of: data, ofA: "line", "character")).joined(separator: "\n")
    }
}
