import CStrandBytes

/// Version of the library, the program and what they write (semantic versioning).
public let strandVersion = "0.2.0"

/// The commit that was built, in hexadecimal, with `+` behind it if the build knew of changes not committed; "unknown"
/// where nothing tells.
public let strandCommit = String(cString: strand_commit())
