import StrandBytes

extension ResidueEncoder: CustomStringConvertible {
    /// What the network sees of a residue.
    public var description: String {
        let columns =
            switch beside {
            case .nothing: ""
            case .profile: "; of a profile 20 frequencies, Neff and gaps"
            case .given(let columns): "; \(counted(columns, "column")) of the user's own"
            }
        return "\(counted(featureCount, "feature")): \(alphabet) and unknown\(columns)"
    }
}

extension ProteinTraining.Options: CustomStringConvertible {
    public var description: String {
        "residue dropout \(residueDropout), soft share \(softShare)" + (thinning > 0 ? ", thinning \(thinning)" : "")
            + (labelledShare < 1 ? ", labelled share \(labelledShare)" : "")
    }
}
