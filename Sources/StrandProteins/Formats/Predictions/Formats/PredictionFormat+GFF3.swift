import StrandBytes

/// Generic Feature Format version 3 (Sequence Ontology, specification 1.25).
extension PredictionFormat {
    /// The region of the chain, then its features. The score is the mean probability of the state over the feature.
    /// Records with the same id get one region each, which validators refuse: nothing is dropped or renamed here.
    static func gff3(_ record: PredictionRecord) -> [UInt8] {
        let name = record.name { _, byte in isPlainInGFF3[Int(byte)] }
        let isOfDSSP = Set(record.states).isSubset(of: SecondaryStructure.eightStates)
        var bytes = Array("##sequence-region ".utf8) + name + " 1 \(record.sequence.count)\n".utf8
        for segment in record.segments {
            // SO:0000839; what the letter means is the model's to say.
            guard let term = isOfDSSP ? sequenceOntologyTerm(of: segment.state) : "polypeptide_region" else { continue }
            bytes += name
            bytes += "\tstrand\t\(term)\t\(segment.residues.lowerBound + 1)\t\(segment.residues.upperBound)\t".utf8
            bytes.append(probability: segment.meanProbability)
            bytes += "\t.\t.\tstate=\(Unicode.Scalar(segment.state))\n".utf8
        }
        return bytes
    }

    /// The term for a run of a state; nil if the ontology has none that claims no more than the state does. Of three
    /// states H is taken as alpha helix and E as strand, since most of them are. Coil, bend and isolated bridge get no
    /// feature.
    private static func sequenceOntologyTerm(of state: UInt8) -> String? {
        switch Unicode.Scalar(state) {
        case "H": "alpha_helix"  // SO:0001117
        case "G": "three_ten_helix"  // SO:0001119
        case "I": "pi_helix"  // SO:0001118
        case "E": "beta_strand"  // SO:0001111
        case "T": "polypeptide_turn_motif"  // SO:0001128
        default: nil
        }
    }

    /// The bytes that column 1 holds unchanged; others are percent-encoded. No attribute value needs it.
    private static let isPlainInGFF3: [Bool] = {
        let letters = "abcdefghijklmnopqrstuvwxyz"
        let plain = Set((letters + letters.uppercased() + "0123456789.:^*$@!+_?-|").utf8)
        return (0...255).map { plain.contains($0) }
    }()
}
