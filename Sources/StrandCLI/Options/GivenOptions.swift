import ArgumentParser

/// Options by name, in the order of the help text, and whether each is given.
typealias GivenOptions = KeyValuePairs<String, Bool>

/// Refuses options that would mean nothing.
/// - Parameter reason: why they would.
func refuse(_ options: GivenOptions, because reason: String) throws {
    let given = options.filter(\.value).map { "'\($0.key)'" }
    guard let last = given.last else { return }
    let names = given.count == 1 ? last : given.dropLast().joined(separator: ", ") + " and \(last)"
    throw ValidationError("\(names) \(given.count == 1 ? "means" : "mean") nothing here: \(reason)")
}
