import StrandBytes
import StrandProteins
import TestSupport
import Testing

/// Tables and JSON Lines of data sets: a row or an object for each chain.
@Suite struct ChainTableTests {
    private func chain(
        _ id: String, _ sequence: String, _ labels: String, threeStates: String? = nil
    ) -> LabelledChain {
        LabelledChain(
            id: id, sequence: Array(sequence.utf8), labels: Array(labels.utf8),
            threeStates: threeStates.map { Array($0.utf8) })
    }

    @Test func columnsAreFoundByName() throws {
        let kaggle = """
            pdb_id,chain_code,seq,sst8,sst3,len,has_nonstd_aa
            1A30,C,EDL,CBC,CEC,3,False
            1B05,B,AC*,C-H,C-H,3,True
            """
        let expected = [
            chain("1A30-C", "EDL", "CBC", threeStates: "CEC"), chain("1B05-B", "AC*", "C-H", threeStates: "C-H"),
        ]
        for text in [
            kaggle, kaggle.replacing(",", with: "\t"), kaggle.replacing(",", with: ";"), "\u{FEFF}" + kaggle + "\r\n",
        ] {
            #expect(try chains(text) == expected)
        }
        #expect(
            try chains("\"id\",\"sequence\",\"label\"\n\"a, b\",MK,\"HC\"\n") == [chain("a, b", "MK", "HC")])
    }

    /// Without ids rows are numbered; residues that the mask leaves out lose their label, and are counted.
    @Test func masks() throws {
        var reader = ChainReader(
            memory("input,dssp3,dssp8,disorder,cb513_mask\nMKV,CHH,THG,x,1.0 0.0 1.0\nMK,CC,C-,x,1.0 0.0\n"))
        #expect(
            try allChains(&reader) == [
                chain("1", "MKV", "T-G", threeStates: "C-H"), chain("2", "MK", "C-", threeStates: "C-"),
            ])
        #expect(reader.format == .table && reader.takeRepairs().description == "1 label masked")
        var objects = ChainReader(
            memory("{\"id\":\"a\",\"sequence\":\"MKV\",\"label\":\"CHH\",\"resolved\":\"101\",\"name\":7}\n"))
        #expect(try allChains(&objects) == [chain("a", "MKV", "C-H")])
        #expect(objects.format == .jsonl && objects.takeRepairs().maskedLabels == 1)
    }

    @Test(arguments: [
        ("id,sequence,labels\n", "test: no chains; give "),
        ("id,sequence,labels\na,MK\n", "test:2: 2 cells where the first row has 3; fix or remove the row"),
        ("id,sequence,labels\na,MK,H\n", "test:2: record a: 1 label for 2 residues; give one label a residue"),
        ("id,sequence,labels\na,M7,HH\n", "test:2: record a: '7' at column 2 of the sequence; only letters"),
        ("id,sequence,labels\na,MK,\n", "test:2: record a: a prediction without residues; remove it"),
        (
            "id,sequence,labels,mask\na,MK,HH,1\n",
            "test:2: record a: 1 label for 2 residues; give one label a residue"
        ),
        ("{\"id\":\"a\",\"labels\":[1]}", "test:1: record a: a string expected at column 20; fix or remove the line"),
    ])
    func faults(text: String, expected: String) {
        let found = message { () throws(FormatError) in _ = try chains(text) }
        #expect(found?.hasPrefix(expected) == true, "\(found ?? "")")
    }
}
