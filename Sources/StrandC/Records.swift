import CStrand
import Strand

/// Records being read, behind a `strand_records`, and the batch that was read last.
final class OpenRecords {
    private var reader: AnyReader<FASTARecord, SequenceRepairs>
    /// What stopped the last batch, to be thrown when its records have been handed out.
    private var problem: (any Error)?
    private var isAtEnd = false

    private let residues = StableBuffer<CChar>()
    private let offsets = StableBuffer<Int64>()
    private let headers = StableBuffer<CChar>()
    private let headerOffsets = StableBuffer<Int64>()
    private let features = StableBuffer<Float>()
    private let hasFeatures = StableBuffer<UInt8>()
    private var repairs = SequenceRepairs()
    private let repairText = StableBuffer<CChar>()

    init(path: String, kind: strand_records_kind) {
        let bytes = ByteReader(ByteSource(argument: path))
        if kind.rawValue > STRAND_ALIGNMENTS.rawValue {
            problem = CallError.argument("records of kind \(kind.rawValue): give one of strand_records_kind")
        }
        reader =
            kind == STRAND_ALIGNMENTS
            ? AnyReader(ProfiledSequences(bytes))
            : AnyReader(DetectedReader(sequencesOf: bytes, ungap: kind == STRAND_FASTA_UNGAPPED))
    }

    /// Reads records until they have this many residues, or there are no more.
    func readBatch(residues wanted: Int) throws {
        clear()
        if let problem { throw problem }
        while !isAtEnd && (count == 0 || residues.count < wanted) {
            do throws(FormatError) {
                guard let record = try reader.next() else {
                    isAtEnd = true
                    return
                }
                append(record)
            } catch {
                problem = error
                if count == 0 { throw error }
                return
            }
        }
    }

    /// Records in the batch.
    private var count: Int { offsets.count - 1 }

    private func clear() {
        residues.replace(with: [])
        offsets.replace(with: [0])
        headers.replace(with: [])
        headerOffsets.replace(with: [0])
        features.replace(with: [])
        hasFeatures.replace(with: [])
    }

    private func append(_ record: FASTARecord) {
        residues.append(record.sequence.map { CChar(bitPattern: $0) })
        offsets.append([Int64(residues.count)])
        headers.append(record.header.map { CChar(bitPattern: $0) })
        headerOffsets.append([Int64(headers.count)])
        guard case .profile(let profile) = record.features else { return }
        for row in 0..<profile.length {
            features.append(profile.frequencies[20 * row..<20 * (row + 1)] + [profile.gaps[row]])
        }
        hasFeatures.append([ProfileDepth(record.features).isAlone ? 0 : 1])
    }

    /// The batch, whose memory stays until the next one is read.
    var batch: strand_batch {
        let hasProfiles = hasFeatures.count > 0
        return strand_batch(
            chains: strand_chains(
                count: count, residues: residues.start, offsets: offsets.start,
                features: hasProfiles ? features.start : nil, has_features: hasProfiles ? hasFeatures.start : nil),
            headers: headers.start, header_offsets: headerOffsets.start)
    }

    /// What was changed so far, as text that stays until the next call.
    var repairSummary: UnsafePointer<CChar> {
        repairs += reader.takeRepairs()
        repairText.replace(with: Array((repairs.isEmpty ? "" : "\(repairs)").utf8CString))
        return UnsafePointer(repairText.start)
    }

    static func at(_ pointer: OpaquePointer) -> OpenRecords {
        Unmanaged<OpenRecords>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
    }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func strand_records_open(_ path: UnsafePointer<CChar>, _ kind: strand_records_kind) -> OpaquePointer {
    OpaquePointer(Unmanaged.passRetained(OpenRecords(path: String(cString: path), kind: kind)).toOpaque())
}

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func strand_records_close(_ records: OpaquePointer?) {
    if let records { Unmanaged<OpenRecords>.fromOpaque(UnsafeRawPointer(records)).release() }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func strand_records_next(
    _ records: OpaquePointer, _ residues: Int, _ batch: UnsafeMutablePointer<strand_batch>,
    _ error: UnsafeMutablePointer<strand_error>?
) -> strand_status {
    // It may wait for a pipe, which the child may be the one to write to.
    call(error, delaysForks: false) {
        let records = OpenRecords.at(records)
        // SIZE_MAX, all that there are, comes as a negative number.
        try records.readBatch(residues: residues < 0 ? Int.max : residues)
        batch.pointee = records.batch
    }
}

// swift-format-ignore: AlwaysUseLowerCamelCase
@c @implementation
public func strand_records_repairs(_ records: OpaquePointer) -> UnsafePointer<CChar> {
    OpenRecords.at(records).repairSummary
}

/// Numbers one after another in memory that stays where it is until more are added.
private final class StableBuffer<Element: BitwiseCopyable> {
    private(set) var start = UnsafeMutablePointer<Element>.allocate(capacity: 64)
    private(set) var count = 0
    private var capacity = 64

    deinit { start.deallocate() }

    func replace(with elements: [Element]) {
        count = 0
        append(elements)
    }

    func append(_ elements: some Collection<Element>) {
        if count + elements.count > capacity {
            capacity = 2 * (count + elements.count)
            let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity)
            larger.update(from: start, count: count)
            start.deallocate()
            start = larger
        }
        for element in elements {
            start[count] = element
            count += 1
        }
    }
}
