import CStrand
import Foundation
import Strand
import StrandC
import TestSupport
import Testing

@Suite struct RecordsTests {
    /// Headers and sequences of each batch, and what ended it.
    private func read(
        _ path: String, residues: Int, kind: strand_records_kind = STRAND_FASTA
    ) -> (batches: [[String]], problem: String, repairs: String) {
        let records = strand_records_open(path, kind)
        defer { strand_records_close(records) }
        var (batches, error, batch): ([[String]], _, _) = ([], strand_error(), strand_batch())
        while strand_records_next(records, residues, &batch, &error) == STRAND_OK, batch.chains.count > 0 {
            batches.append(
                (0..<batch.chains.count).map { k in
                    text(batch.headers, batch.header_offsets!, k) + "="
                        + text(batch.chains.residues, batch.chains.offsets!, k)
                })
        }
        return (batches, error.message, String(cString: strand_records_repairs(records)))
    }

    private func text(_ bytes: UnsafePointer<CChar>?, _ offsets: UnsafePointer<Int64>, _ index: Int) -> String {
        String(
            decoding: (offsets[index]..<offsets[index + 1]).map { UInt8(bitPattern: bytes![Int($0)]) }, as: UTF8.self)
    }

    @Test func batches() throws {
        let directory = TemporaryDirectory()
        let path = directory.write(Array(">a one\nMKV\n>b\nAC\nDE*\n>c\nMU\n".utf8), to: "chains.fa")
        #expect(read(path, residues: 1).batches == [["a one=MKV"], ["b=ACDE"], ["c=MU"]])
        #expect(read(path, residues: 4).batches == [["a one=MKV", "b=ACDE"], ["c=MU"]])
        #expect(read(path, residues: -1).batches == [["a one=MKV", "b=ACDE", "c=MU"]])
        #expect(
            read(path, residues: 1, kind: strand_records_kind(rawValue: 9)).problem
                == "records of kind 9: give one of strand_records_kind")
        let all = read(path, residues: 1000)
        #expect(all.batches == [["a one=MKV", "b=ACDE", "c=MU"]] && all.problem == "")
        #expect(all.repairs.contains("'*'") && all.repairs.contains("U"))
    }

    /// The records before a faulty one are handed out before the error is.
    @Test func errorsComeAfterWhatWasRead() throws {
        let directory = TemporaryDirectory()
        let path = directory.write(Array(">a\nMKV\n>b\nA1C\n>c\nMU\n".utf8), to: "chains.fa")
        let result = read(path, residues: 1000)
        #expect(result.batches == [["a=MKV"]])
        #expect(result.problem.hasPrefix("\(path):4: "), "\(result.problem)")
        #expect(read("/no/such.fa", residues: 1).problem.hasPrefix("/no/such.fa: "))
        let gaps = directory.write(Array(">a\nM-K\n".utf8), to: "gaps.fa")
        #expect(read(gaps, residues: 1, kind: STRAND_FASTA_UNGAPPED).batches == [["a=MK"]])
        #expect(read(gaps, residues: 1).batches.isEmpty)
    }

    /// What is read from alignments is labelled as the program labels it.
    @Test func alignments() throws {
        let directory = TemporaryDirectory()
        let alone = directory.write(Array(">alone\nMKTAYIAKQRQISFVKSHFSRQ\n".utf8), to: "alone.a3m")
        let known = directory.write(
            Array(">known\nMKTAYIAKQRQISFVKSHFSRQ\n>x\nMRTAWIAKNRQLSFIKTHYSKQ\n>y\n-KTSYLAREKQVSFVRSHFARE\n".utf8),
            to: "known.a3m")
        let handle = try Handle("profile")
        for path in [alone, known] {
            let program = try Command.run("label", "--alignments", "--states", "8", path)
            let records = strand_records_open(path, STRAND_ALIGNMENTS)
            defer { strand_records_close(records) }
            var (batch, error) = (strand_batch(), strand_error())
            #expect(strand_records_next(records, 1, &batch, &error) == STRAND_OK)
            #expect(batch.chains.count == 1 && batch.chains.features != nil)
            var labels = [CChar](repeating: 0, count: Int(batch.chains.offsets![1]))
            #expect(strand_label(handle.model, &batch.chains, 8, &labels, nil, &error) == STRAND_OK)
            let text = String(decoding: labels.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            #expect(program.text.split(separator: "\n").last == text[...])
        }
    }
}
