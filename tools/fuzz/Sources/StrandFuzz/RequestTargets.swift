import Strand
import StrandServer

/// Requests as a server gets them: the query, the types that are accepted, and the body, parted by line feeds.
let requestTargets = [false, true].map { isInk in
    Target(name: isInk ? "request-read" : "request-label") { bytes in
        let parts = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return }
        let (query, accept) = (String(decoding: parts[0], as: UTF8.self), String(decoding: parts[1], as: UTF8.self))
        let refusal = RequestCheck.refusal(
            query: query, accept: accept, body: Array(parts[2]), isInk: isInk, models: models)
        guard let refusal else { return }
        require([400, 406, 413, 415, 422].contains(refusal.status), "\(refusal)")
        let controls = refusal.reason.unicodeScalars.filter { $0.value < 0x20 || (0x7F..<0xA0).contains($0.value) }
        require(!refusal.reason.isEmpty && controls.isEmpty, "reason \(refusal.reason)")
    }
}

private let models = ServerModels(compute: Compute(threads: 1))
