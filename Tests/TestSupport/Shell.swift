import Glibc

/// Runs `command` in the system's shell and returns whether it succeeded.
public func shell(_ command: String) -> Bool { system(command) == 0 }
