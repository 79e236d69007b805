import NIOHTTP1
import StrandBytes
import StrandInk

/// Reads requests without a server: for tests that give it any bytes.
public enum RequestCheck {
    /// Why a request would be refused, a status and its reason; nil: it would be answered.
    /// - Parameters:
    ///   - query: what stands behind the question mark of its target.
    ///   - accept: the value of its header `Accept`.
    ///   - body: as it is sent.
    ///   - isInk: whether it goes to `/v1/read`, instead of `/v1/label`.
    ///   - models: what it would run on.
    public static func refusal(
        query: String, accept: String, body: [UInt8], isInk: Bool, models: ServerModels
    ) -> (status: Int, reason: String)? {
        let headers = HTTPHeaders([("Accept", accept)])
        let limits = ServerLimits()
        do throws(Problem) {
            let bytes = try Body(bytes: body, reservation: nil).unpacked(1 << 20)
            if isInk {
                _ = try ReadRequest(query[...], headers)
                _ = try ReadJob.samples(bytes, limits)
            } else {
                let request = try LabelRequest(query[...], headers, models)
                _ = try SequencesBody(
                    bytes, isJSON: request.isJSON, isAlignment: request.task.map { $0 == .profile }, limits)
            }
            return nil
        } catch { return (Int(error.status.code), error.detail) }
    }
}
