/// Decompresses consecutive gzip members and skips the zero padding that may follow the last.
struct GzipDecoder: ~Copyable {
    private var inflater = Inflater()
    private var isInsideMember = true

    /// Reads bytes into `buffer[offset...]` and returns how many; 0 only after the last member.
    mutating func read(
        from input: inout BufferedInput, into buffer: inout [UInt8], at offset: Int
    ) throws(FormatError) -> Int {
        while true {
            if !isInsideMember, try !beginMember(in: &input) { return 0 }
            try input.lookAhead(1)
            let produced = try inflate(&input, into: &buffer, at: offset)
            if produced > 0 { return produced }
        }
    }

    /// Decompresses the available input; 0 may also mean that more input is needed.
    private mutating func inflate(
        _ input: inout BufferedInput, into buffer: inout [UInt8], at offset: Int
    ) throws(FormatError) -> Int {
        do throws(FormatError.Problem) {
            let step = try inflater.inflate(input.available, into: &buffer, at: offset)
            let isStuck = step.consumed == 0 && step.produced == 0 && !step.endsMember
            if isStuck { throw .file(.truncatedGzip) }
            input.consume(step.consumed)
            isInsideMember = !step.endsMember
            return step.produced
        } catch {
            throw FormatError(file: input.name, problem: error)
        }
    }

    /// Skips zero padding and prepares for another member; returns false at the end of the input.
    private mutating func beginMember(in input: inout BufferedInput) throws(FormatError) -> Bool {
        repeat {
            try input.lookAhead(1)
            if input.available.isEmpty { return false }
            input.consume(input.available.prefix { $0 == 0 }.count)
        } while input.available.isEmpty
        guard input.available.first == Gzip.magic.first else {
            throw FormatError(
                file: input.name, problem: .file(.corruptGzip(message: "other data after the last member")))
        }
        inflater.reset()
        isInsideMember = true
        return true
    }
}
