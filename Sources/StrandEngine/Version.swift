import CStrandBytes

/// Version of the library, the program and what they write (semantic versioning).
public let strandVersion = "0.1.0"

/// The commit that was built, in hexadecimal, with a `+` for changes not committed; "unknown" outside a repository.
public let strandCommit = String(cString: strand_commit())
