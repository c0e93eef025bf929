import Hub

/// Replies of the native protocol as JSON text.
enum NativeReply {
    static func text(id: JSON?, _ outcome: Result<JSON, Rejection>) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(128)
        bytes.append(contentsOf: "{\"id\":".utf8)
        (id ?? .null).encode(into: &bytes)
        switch outcome {
        case .success(let fields):
            bytes.append(contentsOf: ",\"ok\":".utf8)
            fields.encode(into: &bytes)
        case .failure(let rejection):
            bytes.append(contentsOf: ",\"error\":".utf8)
            rejection.json.encode(into: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
