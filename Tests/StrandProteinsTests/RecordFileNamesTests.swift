import StrandEngine
import Testing

@Suite struct RecordFileNamesTests {
    private func names(_ ids: [String]) -> [String] {
        var names = RecordFileNames()
        return ids.map { names.next(forID: $0.utf8) }
    }

    @Test(arguments: [
        ("sp|P0AA25|THIO_ECOLI", "sp_P0AA25_THIO_ECOLI"), ("a/../b", "a_.._b"), ("..", "_."), (".", "_"),
        (".hidden", "_hidden"), ("-rf", "_rf"), ("a-b.c_d", "a-b.c_d"), ("caf\u{E9}", "caf__"),
        ("a%20b;c=d", "a_20b_c_d"),
        ("", "record"), ("x\ty z", "x_y_z"), ("a\u{1}\u{7F}", "a__"),
    ])
    func safeCharacters(id: String, name: String) {
        #expect(names([id]) == [name])
    }

    @Test func numbersInOrder() {
        #expect(names(["a", "b", "a", "a", "b"]) == ["a", "b", "a.2", "a.3", "b.2"])
        #expect(names(["a|b", "a/b", "a_b"]) == ["a_b", "a_b.2", "a_b.3"])
        #expect(names(["", "record", ""]) == ["record", "record.2", "record.3"])
    }

    @Test func namesThatLookNumbered() {
        #expect(names(["a", "a.2", "a", "a.2"]) == ["a", "a.2", "a.3", "a.2.2"])
        #expect(names(["a.2", "a", "a"]) == ["a.2", "a", "a.3"])
    }

    @Test func caseIsNoDifference() {
        #expect(names(["a", "A", "Ab", "aB"]) == ["a", "A.2", "Ab", "aB.2"])
    }

    @Test func longIDs() {
        let long = String(repeating: "x", count: 300)
        #expect(names([long, long + "y"]) == [String(long.prefix(200)), "\(long.prefix(200)).2"])
    }

    /// Many records with the same id take constant time each.
    @Test func manyOfOneID() {
        var names = RecordFileNames()
        for number in 1...20_000 {
            let name = names.next(forID: [120])
            if number > 1 { #expect(name == "x.\(number)") }
        }
    }
}
