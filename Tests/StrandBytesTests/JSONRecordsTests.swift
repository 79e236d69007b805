import StrandBytes
import TestSupport
import Testing

@Suite struct JSONRecordsTests {
    /// The records of a text as `line: record`, and the fault behind them.
    private func read(_ text: String, chunkSize: Int = 7) -> [String] {
        var records = JSONRecords(ByteReader(memory(text), chunkSize: chunkSize))
        var all: [String] = []
        do throws(FormatError) {
            while let record = try records.next() {
                all.append("\(records.recordName)@\(records.lineNumber): \(String(decoding: record, as: UTF8.self))")
            }
        } catch { all.append("\(error)") }
        return all
    }

    @Test func linesArraysAndObjectsOverLines() {
        #expect(read("{\"a\":1}\r\n\n {\"b\":2}\n") == ["1@1: {\"a\":1}", "3@3:  {\"b\":2}"])
        #expect(read("[{\"a\":\"]},\\\"\"},{\"b\":[2]}]") == ["1@1: {\"a\":\"]},\\\"\"}", "2@1: {\"b\":[2]}"])
        #expect(read("\n[\n{\"a\":1},\n{\"b\":\n2}\n]\n\n") == ["1@3: {\"a\":1}", "2@4: {\"b\":\n2}"])
        #expect(
            read("{\n \"a\": [\n  1\n ]\n}\n{\n \"b\": 2\n}") == [
                "1@1: {\n \"a\": [\n  1\n ]\n}", "6@6: {\n \"b\": 2\n}",
            ])
        #expect(read("[]") == [] && read("") == [] && read(" [ ] \n") == [])
    }

    /// A line that was cut takes no other with it.
    @Test func cutLines() {
        #expect(
            read("{\"a\":[1,\n{\"b\":2}\n{\"c\":[3\n{\"d\":4}") == [
                "1@1: {\"a\":[1,", "2@2: {\"b\":2}", "3@3: {\"c\":[3", "4@4: {\"d\":4}",
            ])
    }

    @Test(arguments: [
        ("[{\"a\":1}\n{\"b\":2}]", "test:2: ',' or ']' expected at column 1; fix or remove the line"),
        ("[{\"a\":1},\n", "test:1: the file ends where ']' is expected; is it whole?"),
        ("[{\"a\":[1", "test:1: the file ends where ']' is expected; is it whole?"),
        ("[{}]\n{}", "test:2: the end expected at column 1; fix or remove the line"),
        ("[{}]\n  x", "test:2: the end expected at column 3; fix or remove the line"),
        ("[{}] x", "test:1: the end expected at column 6; fix or remove the line"),
    ]) func arraysThatAreNotWhole(text: String, message: String) {
        #expect(read(text).last == message && read(text, chunkSize: 1 << 10).last == message)
    }

    /// Faults name the line and column of the file, whatever a record starts with.
    @Test func placesOfFaults() throws {
        var array = JSONRecords(ByteReader(memory("[{},\n  {\"a\":\n tru}]")))
        _ = try array.next()
        let record = try #require(try array.next())
        var scanner = JSONScanner(record)
        let fault = #expect(throws: JSONScanner.Fault.self) { try scanner.skip() }
        #expect(
            "\(array.error(try #require(fault)))" == "test:3: a number expected at column 2; fix or remove the line")
        let first = #expect(throws: JSONScanner.Fault.self) {
            var scanner = JSONScanner(record)
            _ = try scanner.number()
        }
        #expect(
            "\(array.error(try #require(first)))" == "test:2: a number expected at column 3; fix or remove the line")
    }
}

@Suite struct TableRowsTests {
    private func rows(_ text: String, _ separator: Character = ",") throws -> [[String]] {
        var rows = TableRows(LineReader(memory(text)))
        var all: [[String]] = []
        while let row = try rows.next(separator: separator.asciiValue!) { all.append(row.map(\.text)) }
        return all
    }

    /// RFC 4180: a quotation mark is one only at the start of a cell.
    @Test func quotation() throws {
        #expect(try rows("a,\"b,\"\"c\"\"\",\"\"\n") == [["a", "b,\"c\"", ""]])
        #expect(try rows("a,say \"hi\",5\"\nb,c,d\n") == [["a", "say \"hi\"", "5\""], ["b", "c", "d"]])
        #expect(try rows("\"a\nb\"\t\"\"\"\"\t\"c\"d\n", "\t") == [["a\nb", "\"", "cd"]])
        #expect(try rows("\"a\"\"b\"\"\",c") == [["a\"b\"", "c"]])
    }

    @Test func quotationWithoutEnd() {
        #expect(
            message { () throws(FormatError) in
                var rows = TableRows(LineReader(memory("a\n\"b,\n\n")))
                while try rows.next(separator: UInt8(ascii: ",")) != nil {}
            } == "test:2: the file ends where a closing '\"' is expected; is it whole?")
    }
}
