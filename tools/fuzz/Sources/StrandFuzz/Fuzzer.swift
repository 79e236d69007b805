import Glibc

/// The environment variable that names the target.
private let variable = "STRAND_FUZZ"

private let target: Target = {
    let name = getenv(variable).map { String(cString: $0) }
    guard let target = Target.all.first(where: { $0.name == name }) else {
        print(Target.all.map(\.name).joined(separator: "\n"))
        exit(64)
    }
    return target
}()

/// libFuzzer calls this once: without a target the program lists them all and ends.
@_cdecl("LLVMFuzzerInitialize")
public func initialise(_: UnsafeMutableRawPointer, _: UnsafeMutableRawPointer) -> CInt {
    _ = target
    return 0
}

/// libFuzzer calls this with every input.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    target.check(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
