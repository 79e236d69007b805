import StrandBytes
import StrandInk
import TestSupport
import Testing

@Suite struct UNIPENErrorTests {
    let directory = TemporaryDirectory()

    static let ink = ".PEN_DOWN\n1 1\n2 2\n.PEN_UP\n3 3\n"

    @Test(arguments: [
        ("", "test: no ink; a UNIPEN component, '.PEN_DOWN', is expected"),
        (".PEN_DOWN\n.PEN_UP\n", "test: no ink; a UNIPEN component, '.PEN_DOWN', is expected"),
        (".PEN_DOWN\n1 1\n1 x\n", "test:3: 'x' is not a number; fix or remove it"),
        (".PEN_DOWN\n1 NaN\n", "test:2: 'NaN' is not a number; fix or remove it"),
        (".PEN_DOWN\n1 1e13\n", "test:2: '1e13' is larger than ink can be (1e12); fix or remove it"),
        (".PEN_DOWN\n1 1\n2\n.PEN_UP\n", "test:4: 3 values for points of X Y; give each point all of them"),
        (".COORD X T\n.PEN_DOWN\n", "test:1: channels 'X T' lack X or Y; without both there is no ink"),
        (
            ink + ".SEGMENT WORD 0-2 ? \"a\"",
            "test:6: record test-1: segment WORD 0-2 names component 2 and there are 2, from 0; is ink missing?"
        ),
        (
            ink + ".SEGMENT WORD 0:2-1 ? \"a\"",
            "test:6: record test-1: segment WORD 0:2-1 names point 2 of component 0, which has 2, from 0; is ink missing?"
        ),
        (
            ink + ".SEGMENT WORD 0:1-0:0 ? \"a\"",
            "test:6: record test-1: segment WORD 0:1-0:0 ends before it starts; fix it"
        ),
        (
            ink + ".SEGMENT WORD ? ? \"a\"",
            "test:6: record test-1: segment WORD has no delineation and no component follows it; add one of them"
        ),
        (
            ink + ".SEGMENT WORD 1:1 ? \"a\"",
            "test:6: '1:1' delineates no segment; give components and points as in '1:40-3,5,6:0-6:12'"
        ),
        (ink + ".SEGMENT WORD 0 ? \"a\\\"\n.PEN_UP", "test:6: label without its closing '\"'; add it"),
        (
            ".X_POINTS_PER_MM 1e12\n.Y_POINTS_PER_MM 1e-300\n.PEN_DOWN 1 1\n",
            "test: record test-1: '-inf' is larger than ink can be (1e12); fix or remove it"
        ),
        (
            ".POINTS_PER_SECOND 1e-300\n.PEN_DOWN 1 1\n.PEN_DOWN 1 1\n",
            "test: record test-1: '1e+303' is larger than ink can be (1e12); fix or remove it"
        ),
        (".INCLUDE a.dat\n", "test:1: includes 'a.dat', and no folder of included files is known"),
    ]) func faultsSayWhere(text: String, message: String) {
        #expect(fault(UNIPENReader(memory(text))) == message)
    }

    @Test func aLevelThatIsNotThere() {
        let text = Self.ink + ".SEGMENT WORD 0 ? \"a\"\n.SEGMENT TEXT 0 ? \"a\"\n"
        let options = UNIPENOptions(level: "LINE")
        #expect(
            fault(UNIPENReader(memory(text), options: options))
                == "test: no segment of level LINE; there are: WORD, TEXT")
        #expect(
            fault(UNIPENReader(memory(Self.ink), options: options))
                == "test: no segment of level LINE; there are no segments at all")
    }

    @Test func truncatedGzip() {
        let bytes = Array(Gzip.compress(Array(String(repeating: Self.ink, count: 99).utf8)).dropLast(12))
        #expect(
            fault(UNIPENReader(memory(bytes))) == "test: gzip data end too early; fetch or compress the file again")
    }

    @Test func includesThatLeadOut() {
        #expect(
            shell("cd \(directory.path) && mkdir root outside && echo x > outside/secret && ln -s ../outside root/link")
        )
        let root = directory("root")
        func fault(_ name: String) -> String {
            TestSupport.fault(UNIPENReader(memory(".INCLUDE \(name)"), options: UNIPENOptions(root: root)))
        }
        for name in [directory("outside/secret"), "../secret", "link/secret", "a/../../b"] {
            #expect(
                fault(name)
                    == "test:1: includes '\(name)', which leads out of '\(root)'; only files below that folder are read"
            )
        }
        #expect(
            fault("none.dat")
                == "test:1: includes 'none.dat', which is not in '\(root)'")
    }

    @Test func includesWithoutEnd() {
        let a = directory.write(Array(".INCLUDE b\n".utf8), to: "a")
        _ = directory.write(Array(".COMMENT x\n.INCLUDE a\n".utf8), to: "b")
        #expect(
            fault(UNIPENReader(.file(a)))
                == "\(directory("b")):2: includes 'a', which is being read already; break the loop")
        for depth in 1...18 { _ = directory.write(Array(".INCLUDE c\(depth + 1)\n".utf8), to: "c\(depth)") }
        #expect(
            fault(UNIPENReader(.file(directory("c1"))))
                == "\(directory("c17")):1: files include others 16 deep; is there a loop?")
        _ = directory.write(Array(".COMMENT\n".utf8), to: "leaf")
        let wide = directory.write(Array(String(repeating: ".INCLUDE leaf\n", count: 1001).utf8), to: "wide")
        #expect(fault(UNIPENReader(.file(wide))) == "\(wide):1001: includes more than 1,000 files; is there a loop?")
    }

    @Test func aFaultInAnIncludedFile() {
        _ = directory.write(Array(".PEN_DOWN\n1 1\n?\n".utf8), to: "bad.dat")
        let main = directory.write(Array(".INCLUDE bad.dat\n".utf8), to: "main.dat")
        #expect(fault(UNIPENReader(.file(main))) == "\(directory("bad.dat")):3: '?' is not a number; fix or remove it")
    }

    @Test func missingIncludesMayBeSkipped() throws {
        let main = directory.write(Array((".INCLUDE none.doc\n" + Self.ink).utf8), to: "main.dat")
        var reader = UNIPENReader(.file(main), options: UNIPENOptions(skipsMissingIncludes: true))
        #expect(try reader.next()?.pointCount == 2)
        #expect(reader.takeRepairs()[.missingInclude] == 1 && reader.takeRepairs().isEmpty)
    }
}
