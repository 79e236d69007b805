import Foundation
import Strand
import StrandBytes
import StrandServer
import Synchronization
import TestSupport
import Testing

/// A server in this process.
final class RunningServer: Sendable {
    let log = AccessLog()
    private let client: HTTPClient
    private let server: Server

    init(_ change: (inout ServerSettings) -> Void = { _ in }) throws {
        var settings = ServerSettings()
        settings.port = 0
        change(&settings)
        let log = log
        server = try Server(settings, ServerModels(compute: Compute(threads: 1, path: KernelPath.best(.int8) ?? .best)))
        { log.add($0) }
        client = HTTPClient(port: server.port)
    }

    deinit { _ = server.stop(within: 5) }

    func ask(
        _ method: String, _ target: String, headers: [String: String] = [:], body: [UInt8] = []
    ) throws -> HTTPClient.Answer { try client.ask(method, target, headers: headers, body: body) }

    func send(_ bytes: [UInt8]) throws -> HTTPClient.Answer { try client.send(bytes) }

    /// What was logged.
    final class AccessLog: Sendable {
        private let records = Mutex<[AccessRecord]>([])
        func add(_ record: AccessRecord) { records.withLock { $0.append(record) } }
        var lines: [String] { records.withLock { $0.map { "\($0.method) \($0.target) \($0.status)" } } }
    }
}

@Suite struct ServerTests {
    private let fasta = Array(
        ">a first\nMSDKIIHLTDDSFDTDVLKADGAILVDFWAEW*\n>b\nCGPCKMIAPILDEIADEYQGKLTVAKLNIDQN\n".utf8)

    /// The program's output for the same chains.
    private func labelled(_ arguments: String...) throws -> [UInt8] {
        let command = try Command(["label"] + arguments + ["-"], input: .init(fasta))
        return Array(command.wait().output)
    }

    @Test func labelsAreThoseOfTheProgram() throws {
        let client = try RunningServer()
        for format in ["fasta", "tsv", "jsonl", "ss2", "summary", "gff3"] {
            let answer = try client.ask("POST", "/v1/label?format=\(format)", body: fasta)
            #expect(try answer.body == labelled("--format", format), "\(format)")
            #expect(answer.headers["strand-repairs"] == "1 trailing '*' stripped")
        }
        let eight = try client.ask("POST", "/v1/label?states=8", headers: ["Accept": "text/x-fasta"], body: fasta)
        #expect(try eight.body == labelled("--states", "8"))
        let disorder = try client.ask("POST", "/v1/label?task=disorder&format=fasta", body: Gzip.compress(fasta))
        #expect(try disorder.body == labelled("--task", "disorder"))
    }

    @Test func sequencesAsJSON() throws {
        let client = try RunningServer()
        let body = Array(#"{"sequences":[{"id":"x y","sequence":"MSDKIIHLTDD*"},"mkt"]}"#.utf8)
        let answer = try client.ask("POST", "/v1/label", headers: ["Content-Type": "application/json"], body: body)
        #expect(answer.status == 200 && answer.headers["content-type"] == "application/json")
        var scanner = JSONScanner(answer.body[...])
        var found: [[String: String]] = []
        try scanner.array { scanner throws(JSONScanner.Fault) in
            var chain: [String: String] = [:]
            try scanner.object { key, scanner throws(JSONScanner.Fault) in
                if ["id", "sequence", "labels"].contains(key) {
                    chain[key] = try scanner.string()
                } else {
                    try scanner.skip()
                }
            }
            found.append(chain)
        }
        #expect(found.map { $0["id"] } == ["x", "2"] && found.map { $0["sequence"] } == ["MSDKIIHLTDD", "mkt"])
        #expect(found.map { $0["labels"]?.count } == [11, 3])
    }

    /// An alignment's first chain gets the labels of the model of profiles.
    @Test func alignments() throws {
        let client = try RunningServer()
        let a3m = Array(">q\nMSDKIIHLTDD\n>r\nMSEK--HLTDE\n>s\nMADKIaIQLTED\n".utf8)
        let answer = try client.ask("POST", "/v1/label?format=tsv", body: a3m)
        let expected = try Command(["label", "--format", "tsv", "--alignments", "-"], input: .init(a3m)).wait()
        #expect(answer.status == 200 && answer.body == Array(expected.output))
        #expect(try client.ask("POST", "/v1/label?format=tsv&task=profile", body: a3m).body == answer.body)
        #expect(try client.ask("POST", "/v1/label?task=structure", body: a3m).status == 400)
    }

    @Test func readingsAreThoseOfTheProgram() throws {
        let client = try RunningServer()
        let path = TestFiles.path("data/examples/handwriting.jsonl.gz")
        var reader = ByteReader(.file(path))
        let ink = try #require(try reader.readAll(limit: 1 << 20))
        let answer = try client.ask("POST", "/v1/read?lm=true&n=3", body: Gzip.compress(ink))
        let expected = try Command.run("read", "--format", "jsonl", "--lm", "--n-best", "3", path)
        #expect(answer.status == 200 && answer.body == Array(expected.output))
        #expect(answer.headers["content-type"] == "application/jsonl")
        let line = Array(ink.split(separator: UInt8(ascii: "\n"))[1])
        let one = try client.ask("POST", "/v1/read", headers: ["Content-Type": "application/json"], body: line)
        #expect(one.headers["content-type"] == "application/json" && one.text.hasPrefix(#"{"id":"upright-2","model":"#))
    }

    @Test(arguments: [
        ("GET", "/nothing", 404), ("GET", "/v1/label", 405), ("POST", "/v1/models", 405),
        ("POST", "/v1/label?x=1", 400),
        ("POST", "/v1/label?states=4", 400), ("POST", "/v1/label?states=3&states=8", 400),
        ("POST", "/v1/label?format=%ZZ", 400),
        ("POST", "/v1/label?format=ss2&states=8", 400), ("POST", "/v1/read?n=0", 400), ("GET", "/healthz?x", 400),
        ("POST", "/v1/label", 400), ("POST", "/v1/read", 400),
    ]) func refused(method: String, target: String, status: Int) throws {
        let server = try RunningServer()
        let answer = try server.ask(method, target)
        #expect(answer.status == status, "\(answer.text)")
        #expect(answer.headers["content-type"] == "application/problem+json")
        #expect(
            answer.text.hasPrefix(#"{"type":"about:blank","title":""#)
                && answer.text.contains("\"status\":\(status),\"detail\":\""))
        #expect(server.log.lines == ["\(method) \(target) \(status)"])
    }

    @Test(arguments: [
        (">a\nMKT\nMK1T\n", "body:3: record a"), (">a\nMK-T\n>b\nMKTAA\n", "body"),
        ("{\"sequences\":[]}", "no sequences"),
        ("{\"sequences\":[\"M1\"]}", "residue 2"),
        ("{\"sequences\":[\"\"]}", "sequences[0]: no residues"), ("{\"other\":1}", "the member"),
        ("[1]", "an object expected"),
    ]) func badChains(body: String, detail: String) throws {
        let answer = try RunningServer().ask("POST", "/v1/label", body: Array(body.utf8))
        #expect([400, 422].contains(answer.status) && answer.text.contains(detail), "\(answer.text)")
    }

    @Test func limits() throws {
        let client = try RunningServer {
            ($0.limits.bodyBytes, $0.limits.records, $0.limits.strokes, $0.limits.points) = (2_000, 3, 2, 10)
        }
        #expect(try client.ask("POST", "/v1/label", body: [UInt8](repeating: 65, count: 2_001)).status == 413)
        #expect(try client.ask("POST", "/v1/label", headers: ["Content-Length": "99999999999"]).status == 413)
        let packed = Gzip.compress(Array(">a\n".utf8) + [UInt8](repeating: 65, count: 9_000))
        #expect(packed.count < 200)
        #expect(try client.ask("POST", "/v1/label", body: packed).status == 413)
        let chains = Array((0..<4).map { ">\($0)\nMKT\n" }.joined().utf8)
        #expect(try client.ask("POST", "/v1/label", body: chains).status == 422)
        for ink in ["[[[0,0]],[[1,1]],[[2,2]]]", "[[\((0..<11).map { "[\($0),0]" }.joined(separator: ","))]]"] {
            let answer = try client.ask("POST", "/v1/read", body: Array("{\"strokes\":\(ink)}".utf8))
            #expect(answer.status == 422 && answer.text.contains("more than "), "\(answer.text)")
        }
    }

    @Test func whoMayAsk() throws {
        let open = try RunningServer()
        #expect(try open.ask("GET", "/healthz", headers: ["Host": "example.org"]).status == 421)
        #expect(try open.ask("GET", "/healthz", headers: ["Origin": "http://example.org"]).status == 403)
        #expect(try open.ask("GET", "/healthz", headers: ["Origin": "http://localhost"]).status == 200)
        let closed = try RunningServer {
            ($0.token, $0.allowedOrigin) = ("0123456789abcdef", "https://example.org")
        }
        let missing = try closed.ask("GET", "/v1/models")
        #expect(missing.status == 401 && missing.headers["www-authenticate"] == "Bearer")
        #expect(
            try closed.ask("GET", "/v1/models", headers: ["Authorization": "Bearer 0123456789abcdeF"]).status == 401)
        #expect(
            try closed.ask("GET", "/v1/models", headers: ["Authorization": "Bearer 0123456789abcdef"]).status == 200)
        #expect(try closed.ask("GET", "/").status == 200)
        #expect(try closed.ask("GET", "/metrics").status == 401)
        let preflight = try closed.ask("OPTIONS", "/v1/label", headers: ["Origin": "https://example.org"])
        #expect(preflight.status == 204 && preflight.headers["access-control-allow-origin"] == "https://example.org")
        #expect(try closed.ask("OPTIONS", "/v1/label", headers: ["Origin": "https://other.org"]).status == 403)
    }

    @Test func thePage() throws {
        let client = try RunningServer()
        let page = try client.ask("GET", "/")
        #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
        #expect(page.headers["content-security-policy"]?.hasPrefix("default-src 'none'; script-src 'self';") == true)
        for match in page.text.matches(of: /(?:src|href)="(\/page\/[^"]+)"/) {
            #expect(try client.ask("GET", String(match.1)).status == 200, "\(match.1)")
        }
        let tag = try #require(page.headers["etag"])
        let again = try client.ask("GET", "/", headers: ["If-None-Match": tag])
        #expect(again.status == 304 && again.body.isEmpty)
        let head = try client.ask("HEAD", "/")
        #expect(head.headers["content-length"] == "\(page.body.count)" && head.body.isEmpty)
        #expect(try client.ask("GET", "/openapi.json").text.contains("\"openapi\": \"3.1.0\""))
    }

    /// What is embedded is what the folder holds.
    @Test func filesOfThePage() throws {
        let client = try RunningServer()
        let folder = TestFiles.path("data/page")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(names.count > 20)
        for name in names {
            let path = ["index.html": "/", "openapi.json": "/openapi.json"][name] ?? "/page/\(name)"
            let expected = FileManager.default.contents(atPath: "\(folder)/\(name)").map { Array($0) }
            #expect(try client.ask("GET", path).body == expected, "\(name)")
        }
    }

    @Test func metrics() throws {
        let client = try RunningServer()
        _ = try client.ask("POST", "/v1/label", body: fasta)
        let text = try client.ask("GET", "/metrics").text
        #expect(text.contains("strand_requests_total{path=\"/v1/label\",status=\"200\"} 1\n"))
        #expect(text.contains("strand_residues_total 64\n") && text.contains("strand_batch_records_total 2\n"))
        #expect(text.contains("strand_request_seconds_bucket{path=\"/v1/label\",le=\"+Inf\"} 1\n"))
    }

    /// Packed bodies that have to wait for room get it when others have ended, though nothing new comes.
    @Test func packedBodiesTakeTurns() throws {
        let server = try RunningServer { $0.limits.bodyBytes = 45_000 }
        let bodies = [4, 3, 3].map { count in
            Gzip.compress(Array((0..<count).map { ">\($0)\n\(String(repeating: "A", count: 10_000))\n" }.joined().utf8))
        }
        let statuses = Mutex<[Int]>([])
        DispatchQueue.concurrentPerform(iterations: bodies.count) { index in
            usleep(useconds_t(5_000 * index))
            let status = try? server.ask("POST", "/v1/label?format=summary", body: bodies[index]).status
            statuses.withLock { $0.append(status ?? 0) }
        }
        #expect(statuses.withLock { $0 } == [200, 200, 200])
    }

    /// Two lengths of one body could be read differently by a server in front.
    @Test(arguments: ["Content-Length: 3\r\nTransfer-Encoding: chunked", "Content-Length: 3\r\nContent-Length: 4"])
    func ambiguousLengths(headers: String) throws {
        let request = "POST /v1/label HTTP/1.1\r\nHost: localhost\r\n\(headers)\r\n\r\n>a\n"
        #expect(try RunningServer().send(Array(request.utf8)).status == 400)
    }
}
