import StrandBytes
import StrandInk
import TestSupport
import Testing

@Suite struct ReMarkableTests {
    private func header(_ version: Int) -> [UInt8] {
        Array("reMarkable .lines file, version=\(version)          ".utf8)
    }

    private func bytes(_ numbers: Int...) -> [UInt8] {
        numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) } }
    }

    private func bytes(_ numbers: Float...) -> [UInt8] {
        numbers.flatMap { number in (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> UInt32(8 * $0)) } }
    }

    private func layers(_ version: Int, tools: [Int]) -> [UInt8] {
        var content = bytes(1, tools.count)
        for tool in tools {
            content += bytes(tool, 0, 0, 2)
            if version == 5 { content += bytes(7) }
            content += bytes(2)
            content += bytes(Float(tool), 2.5, 0, 0, 0, 0)
            content += bytes(Float(tool), -3, 9, 9, 9, 9)
        }
        return content
    }

    @Test(arguments: [3, 5]) func olderVersions(version: Int) throws {
        var reader = ReMarkableReader(memory(header(version) + layers(version, tools: [4, 6, 17, 18])))
        let samples = try reader.all()
        #expect(samples.map(\.id) == ["test"])
        #expect(samples[0].strokes == [stroke((4, 2.5), (4, -3)), stroke((17, 2.5), (17, -3))])
        #expect(
            "\(reader.takeRepairs())"
                == "1 stroke of an eraser: left out; 1 stroke of another tool than a pen: left out (highlighter)")
    }

    // MARK: Version 6

    private func id(_ index: Int, _ author: UInt8, _ number: UInt8) -> [UInt8] {
        [UInt8(index << 4 | 0xF), author, number]
    }

    private func value(_ index: Int, _ content: [UInt8]) -> [UInt8] {
        [UInt8(index << 4 | 0xC)] + bytes(content.count) + content
    }

    private func block(_ kind: UInt8, version: UInt8 = 1, _ content: [UInt8]) -> [UInt8] {
        bytes(content.count) + [0, 1, version, kind] + content
    }

    private func line(in group: UInt8, version: UInt8 = 2, tool: Int = 17, points: [UInt8]) -> [UInt8] {
        var line: [UInt8] = [3, 0x14] + bytes(tool)
        line += [0x24] + bytes(0)
        line += [0x38] + bytes(0, 0)
        line += [0x44] + bytes(0)
        line += value(5, points)
        line += id(6, 0, 1)
        var item = id(1, 0, group) + id(2, 1, 9)
        item += id(3, 0, 0) + id(4, 0, 0)
        item += [0x54] + bytes(0)
        return block(5, version: version, item + value(6, line))
    }

    private func point(_ x: Float, _ y: Float, _ rest: Int) -> [UInt8] {
        bytes(x) + bytes(y) + [UInt8](repeating: 1, count: rest)
    }

    @Test func version6() throws {
        let rubbedOut = block(5, version: 2, id(1, 0, 11) + id(2, 1, 8) + [0x54] + bytes(1))
        let content =
            header(6) + block(9, [1, 2, 3]) + line(in: 11, points: point(-5, 1, 6) + point(6, 2, 6)) + rubbedOut
            + line(in: 11, version: 1, tool: 2, points: point(7, 3, 16)) + line(in: 11, tool: 23, points: [])
        var reader = InkFileReader(.memory(Gzip.compress(content), name: "test"))
        let sample = try #require(try reader.next())
        #expect(reader.format == .reMarkable)
        #expect(sample.strokes == [stroke((-5, 1), (6, 2)), stroke((7, 3))])
        #expect("\(reader.takeRepairs())" == "1 stroke of another tool than a pen: left out (shader)")
    }

    /// Ink beside a paragraph moves with it: its place is not known, and it is a sample of its own.
    @Test func inkBesideText() throws {
        let group = block(2, id(1, 0, 12) + value(2, id(1, 0, 0)) + value(7, id(1, 0, 0) + id(2, 1, 5)))
        let content =
            header(6) + group + line(in: 12, points: point(1, 1, 6)) + line(in: 11, points: point(2, 2, 6))
            + line(in: 12, points: point(3, 3, 6))
        let samples = try allSamples(ReMarkableReader(memory(content)))
        #expect(samples.map(\.id) == ["test-1", "test-2"])
        #expect(samples.map { $0.strokes.map { $0[0].x } } == [[1, 3], [2]])
    }

    @Test func aPageWithoutInk() throws {
        #expect(try allSamples(ReMarkableReader(memory(header(6)))).map(\.strokes) == [[]])
    }

    @Test func faults() {
        let whole = header(6) + line(in: 11, points: point(1, 1, 6))
        #expect(
            fault(ReMarkableReader(memory(header(4))))
                == "test: 'version 4' where version 3, 5 or 6 is expected; fix or remove it")
        #expect(fault(ReMarkableReader(memory([UInt8]()))) == "test: no ink; a page of reMarkable is expected")
        #expect(
            fault(ReMarkableReader(memory(Array(whole.dropLast()))))
                == "test: the file ends where a block of 69 bytes is expected; is it whole?")
        #expect(
            fault(ReMarkableReader(memory(header(6) + line(in: 11, points: [1, 2, 3]))))
                == "test: points of 14 bytes expected at byte 103; is the file whole?")
        #expect(
            fault(ReMarkableReader(memory(header(6) + line(in: 11, points: point(.nan, 1, 6)))))
                == "test: 'NaN' is not a number; fix or remove it")
        #expect(
            fault(ReMarkableReader(memory(header(5) + bytes(1, 1, 2, 0, 0, 0, 0, 1 << 30))))
                == "test: the file ends where 1073741824 points of a line is expected; is it whole?")
        #expect(
            fault(ReMarkableReader(memory(header(6) + block(5, [0x12]))))
                == "test: a tag expected at byte 51; is the file whole?")
        // Every cut of a page is an error or a page.
        for end in whole.indices { _ = try? allSamples(ReMarkableReader(memory(Array(whole[..<end])))) }
    }

    /// Points and strokes as rmscene 0.7 reads them.
    @Test(.enabled(if: InkSpecimens.folder != nil)) func specimens() throws {
        let folder = try #require(InkSpecimens.folder) + "remarkable/"
        func samples(_ name: String) throws -> [InkSample] { try allSamples(ReMarkableReader(.file(folder + name))) }
        let lines = try samples("Lines_v2.rm")
        #expect(lines.count == 1 && lines[0].strokes.count == 10)
        #expect(lines[0].strokes[0][0] == InkPoint(x: -529.4979858398438, y: 91.42596435546875))
        #expect(try samples("Normal_A_stroke_2_layers.rm").map(\.strokes.count) == [1, 1])
        #expect(try samples("With_SceneInfo_Block.rm").map(\.strokes.count) == [13])
    }
}
