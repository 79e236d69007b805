/// Version of the library, the program and what they write (semantic versioning).
public let strandVersion = "0.1.0"
