import StrandBytes
import StrandProteins
import TestSupport
import Testing

/// Files of predictions and structures with random faults: an error or chains, never a crash.
@Suite struct HostileChainsTests {
    private static let dssp: String = {
        var file = ClassicDSSP(headingEnd: "           CHAIN AUTHCHAIN")
        file.add("A", "KVa", " PH", end: "                A        AAA")
        file.addBreak("!*", number: 4)
        file.add("B", "KV", "EE", from: 99_999)
        return file.text
    }()

    private static let texts = [
        ">a\nMK\nHH\n>b\nW\n-\n",
        "id\tposition\tresidue\tstate\tP(H)\na\t1\tM\tH\t0.5\na\t2\tK\tE\t1e-3\n",
        "id, seq, n, q3, p[q3_H], q8\n>a b, c, M, 1, H, 1, G\n\"d\",K,1,H,1,G\n",
        #"{"id":"a\u0041","sequence":"MK","labels":"HE","probabilities":{"H":[1,0.5],"E":[0,5e-1]}}"#,
        "# PSIPRED VFORMAT\n# >a\n\n   1 M C   1.0  0.0  0.0\n# PSIPRED VFORMAT\n# >b\n   1 K H   0  1  0\n",
        "# PSIPRED HFORMAT\n\nConf: 91\nPred: CH\n  AA: MK\n      10\n", dssp,
        MMCIFReaderTests.structure + "loop_\n_struct_conf_type.criteria\nDSSP\nloop_\n_struct_conf.conf_type_id\n"
            + "_struct_conf.beg_label_asym_id\n_struct_conf.beg_label_seq_id\n_struct_conf.end_label_seq_id\n"
            + "STRN A 1 2\nloop_\n_dssp_struct_summary.label_asym_id\n_dssp_struct_summary.label_seq_id\n"
            + "_dssp_struct_summary.secondary_structure\nA 1 H A 2 P\n",
    ]

    @Test(arguments: texts.indices) func randomFaults(index: Int) throws {
        var generator = SplitMix64(seed: UInt64(index))
        let sound = Array(Self.texts[index].utf8)
        for _ in 0..<1000 {
            var bytes = sound
            for _ in 0..<Int.random(in: 1...4, using: &generator) { damage(&bytes, using: &generator) }
            try expectChainsOrFault { () throws(FormatError) in try chains(memory(bytes)).compactMap(\.record) }
            try expectChainsOrFault { () throws(FormatError) in try Structure(memory(bytes)).chains }
        }
    }

    private func damage(_ bytes: inout [UInt8], using generator: inout SplitMix64) {
        guard let offset = bytes.indices.randomElement(using: &generator) else { return }
        switch Int.random(in: 0..<5, using: &generator) {
        case 0: bytes.removeSubrange(offset...)
        case 1: bytes.remove(at: offset)
        case 2: bytes[offset] = UInt8.random(in: 0...255, using: &generator)
        case 3: bytes[offset] = "\n\r\t ,\"'>#;_.1-\0".utf8.randomElement(using: &generator)!
        default: bytes.insert(contentsOf: bytes[offset...].prefix(20), at: offset)
        }
    }

    /// What was read can be written.
    private func expectChainsOrFault(_ read: () throws(FormatError) -> [LabelledFASTARecord]) throws {
        var writer = try LabelledFASTAWriter(.memory(name: "m"))
        do throws(FormatError) {
            for chain in try read() { try writer.write(chain) }
        } catch {
            #expect(error.description.hasPrefix("test") && error.file == "test")
        }
    }
}

extension LabelledChain {
    /// Nil if there is no sequence.
    fileprivate var record: LabelledFASTARecord? {
        sequence.map { LabelledFASTARecord(header: header, sequence: $0, labels: labels) }
    }
}
