import HTTPTypes
import Hub
import NIOCore

/// A response before it is written.
struct Answer: Sendable {
    var status: HTTPResponse.Status
    var fields: HTTPFields
    var body: ByteBuffer

    init(_ status: HTTPResponse.Status, fields: HTTPFields, body: ByteBuffer = ByteBuffer()) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// A JSON document made for this request.
    static func json(_ json: JSON, status: HTTPResponse.Status = .ok) -> Answer {
        // A page of history is fifty stored payloads: grown step by step it would be copied often.
        var bytes: [UInt8] = []
        bytes.reserveCapacity(json.encodedSizeEstimate)
        json.encode(into: &bytes)
        return Answer(status, fields: StandardFields.json, body: ByteBuffer(bytes: bytes))
    }

    static func problem(_ problem: Problem) -> Answer {
        var fields = StandardFields.json
        for field in problem.fields { fields.append(field) }
        if let seconds = problem.rejection.retryAfterSeconds {
            fields[.retryAfter] = String(seconds)
        }
        if problem.status == .unauthorized {
            let isExpired = problem.rejection.code == .tokenExpired
            fields[.wwwAuthenticate] =
                isExpired
                ? #"Bearer error="invalid_token", error_description="expired""# : "Bearer"
        }
        let body = ByteBuffer(bytes: problem.rejection.errorBody())
        return Answer(problem.status, fields: fields, body: body)
    }
}

extension JSON {
    /// About how many bytes the value takes: exact for what is encoded already.
    fileprivate var encodedSizeEstimate: Int {
        switch self {
        case .raw(let bytes): bytes.count + 1
        case .bytes(let bytes): bytes.count / 3 * 4 + 7
        case .string(let text): text.utf8.count + 3
        case .array(let values): values.reduce(2) { $0 + $1.encodedSizeEstimate }
        case .object(let members):
            members.reduce(2) { $0 + $1.key.utf8.count + 4 + $1.value.encodedSizeEstimate }
        case .null, .bool, .int, .double: 21
        }
    }
}
