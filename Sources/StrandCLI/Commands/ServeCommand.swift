import ArgumentParser
import Dispatch
import Glibc
import Strand
import StrandServer
import Synchronization

struct ServeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serves a page to try the models on, and an API for programs, over HTTP.",
        discussion: """
            Open the address it prints in a browser: write on the page and see the text, or paste sequences and see \
            their secondary structure. Nothing is loaded from elsewhere, and nothing is kept.

            Without --host only this machine can reach it. On another address requests for the API need a token, \
            'Authorization: Bearer TOKEN'; the page takes it from the address that is printed. There is no encryption: \
            on a network that others use, put a server that has it in front.

            API:
              POST /v1/label   FASTA, an alignment or JSON -> labels, in a format of
                               'label'; ?states=8, ?task=disorder, ?format=tsv
              POST /v1/read    strokes -> text; ?lm=true, ?n=5
              GET /v1/models   what runs
              GET /openapi.json, /healthz, /metrics

            Requests that come together are computed together. One that is too large is refused (413, 422), one too \
            many as well (429). Answers are logged on standard error. Ctrl-C, or SIGTERM, stops the server when what was \
            asked is answered.

            EXAMPLES:
              strand serve
              curl --data-binary @chains.fa 'localhost:8080/v1/label?format=tsv'
              curl --json '{"strokes": [[[0,0],[0,9]]]}' localhost:8080/v1/read
              strand serve --port 0 --quiet
              STRAND_TOKEN=... strand serve --host 0.0.0.0
            """)

    @Option(help: ArgumentHelp("The address to listen on.", valueName: "address"))
    var host = "127.0.0.1"

    @Option(help: ArgumentHelp("The port to listen on; 0: any that is free.", valueName: "n"))
    var port = 8080

    @Option(
        help: ArgumentHelp(
            "What requests must bear, 16 characters or more; by default the environment variable STRAND_TOKEN, which other users do not see.",
            valueName: "token"))
    var token: String?

    @Option(
        help: ArgumentHelp(
            "Web pages of this origin may call the API, such as https://example.org.", valueName: "origin"))
    var allowOrigin: String?

    @Flag(help: "Do not log answers.")
    var quiet = false

    @Option(
        help: ArgumentHelp("Model of sequences to use instead of the one inside the program.", valueName: "file"),
        completion: .file())
    var model: String?

    @Option(
        help: ArgumentHelp("Model of profiles to use instead of the one inside the program.", valueName: "file"),
        completion: .file())
    var profileModel: String?

    @Option(
        help: ArgumentHelp("Model of ink to use instead of the one inside the program.", valueName: "file"),
        completion: .file())
    var inkModel: String?

    @OptionGroup(title: "Limits") var limits: LimitOptions
    @OptionGroup var compute: ComputeOptions

    func validate() throws {
        if !(0...65_535).contains(port) { throw ValidationError("--port \(port): give 0 to 65535") }
        if let token = givenToken, token.utf8.count < 16 || token.utf8.contains(where: { !(0x21..<0x7F).contains($0) })
        {
            throw ValidationError(
                "the token needs 16 characters or more, without blanks: 'openssl rand -hex 16' makes one")
        }
        if let allowOrigin, allowOrigin.wholeMatch(of: /https?:\/\/[^\/?#]+/) == nil {
            throw ValidationError(
                "--allow-origin \(allowOrigin): give scheme and host alone, such as https://example.org")
        }
        if !settings.isLoopback && settings.token == nil {
            throw ValidationError(
                "--host \(host): others may reach it there: give '--token', or STRAND_TOKEN in the environment")
        }
    }

    func run() throws {
        raiseLimitOfFiles()
        let models = try load()
        Interruption.watch()
        let log = quiet ? nil : AccessLog()
        let server = try Server(settings, models) { log?.add($0) }
        let name = ["0.0.0.0", "::"].contains(host) ? Self.hostName : host.contains(":") ? "[\(host)]" : host
        let fragment = settings.token.map { "#token=\($0)" } ?? ""
        Terminal.message("serving on http://\(name):\(server.port)/\(fragment); Ctrl-C stops it")
        while Interruption.flag.raised == nil { usleep(50_000) }
        let left = server.stop(within: 30)
        if left > 0 { Terminal.message("stopped with \(counted(left, "request")) not answered") }
    }

    /// What other machines may know this one by.
    private static var hostName: String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, 255)
        return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private var givenToken: String? {
        token ?? Terminal.environment("STRAND_TOKEN").flatMap { $0.isEmpty ? nil : $0 }
    }

    private var settings: ServerSettings {
        var settings = ServerSettings()
        (settings.host, settings.port, settings.token, settings.allowedOrigin) = (host, port, givenToken, allowOrigin)
        settings.limits = limits.limits
        return settings
    }

    private func load() throws -> ServerModels {
        let structure = try model.map { try LoadedProteinModel(path: $0) }
        let profile = try profileModel.map { try LoadedProteinModel(path: $0) }
        if let structure, structure.labeller.beside != .nothing {
            throw ValidationError("--model: it sees more than residues; give one of sequences alone")
        }
        if let profile, profile.labeller.beside != .profile {
            throw ValidationError("--profile-model: it sees no profiles; give one that does")
        }
        let ink = try inkModel.map { try InkModel.hashed(path: $0) }
        return ServerModels(
            structure: structure, profile: profile, ink: ink.map { ($0.model, $0.sha256) },
            compute: try compute.makeCompute())
    }

    /// Every connection is a file of the process.
    private func raiseLimitOfFiles() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

/// How much a server takes.
struct LimitOptions: ParsableArguments {
    private static let usual = ServerLimits()

    @Option(
        help: ArgumentHelp(
            "Bytes of a request's body in MB, as sent and unpacked. (default: \(usual.bodyBytes >> 20))", valueName: "n"
        ))
    var maxBody: Int?

    @Option(help: ArgumentHelp("Chains of a request. (default: \(usual.records))", valueName: "n"))
    var maxChains: Int?

    @Option(help: ArgumentHelp("Requests that wait at a time. (default: \(usual.requests))", valueName: "n"))
    var maxRequests: Int?

    func validate() throws {
        if let maxBody, !(1...2_000).contains(maxBody) {
            throw ValidationError("--max-body \(maxBody): give 1 to 2000")
        }
        if let maxChains, maxChains < 1 { throw ValidationError("--max-chains \(maxChains): give 1 or more") }
        if let maxRequests, maxRequests < 1 { throw ValidationError("--max-requests \(maxRequests): give 1 or more") }
    }

    var limits: ServerLimits {
        var limits = Self.usual
        if let maxBody {
            limits.bodyBytes = maxBody << 20
            limits.totalBytes = max(limits.totalBytes, 4 * limits.bodyBytes)
            limits.residues = max(limits.residues, limits.bodyBytes)
        }
        limits.records = maxChains ?? limits.records
        limits.requests = maxRequests ?? limits.requests
        return limits
    }
}

/// The log of answers on standard error. Where that is not read, lines are dropped, and the server goes on.
private final class AccessLog: Sendable {
    private static let mostWaiting = 10_000
    private let queue = DispatchQueue(label: "log")
    private let waiting = Atomic<Int>(0)

    func add(_ record: AccessRecord) {
        guard waiting.load(ordering: .relaxed) < Self.mostWaiting else { return }
        waiting.add(1, ordering: .relaxed)
        queue.async {
            Terminal.write(record.line)
            self.waiting.subtract(1, ordering: .relaxed)
        }
    }
}

extension AccessRecord {
    /// A line of the log. What a client sent could hold control characters, which have no place in one.
    fileprivate var line: String {
        let shown = String(
            String.UnicodeScalarView(target.unicodeScalars.map { (0x21..<0x7F).contains($0.value) ? $0 : "?" }).prefix(
                200))
        var (seconds, parts) = (time(nil), tm())
        gmtime_r(&seconds, &parts)
        var stamp = [CChar](repeating: 0, count: 32)
        strftime(&stamp, 32, "%Y-%m-%dT%H:%M:%SZ", &parts)
        let date = String(decoding: stamp.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return "\(date) \(client) \(method) \(shown) \(status) \(bytes) \(fixed(1_000 * self.seconds, 1))ms\n"
    }
}
