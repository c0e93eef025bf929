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
        Answer(status, fields: StandardFields.json, body: ByteBuffer(bytes: json.encoded()))
    }

    static func problem(_ problem: Problem) -> Answer {
        var fields = StandardFields.json
        for field in problem.fields { fields.append(field) }
        if let seconds = problem.rejection.retryAfterSeconds {
            fields[.retryAfter] = String(seconds)
        }
        if problem.status == .unauthorized {
            let isExpired = problem.rejection.code == .tokenExpired
            fields[.wwwAuthenticate] = isExpired
                ? #"Bearer error="invalid_token", error_description="expired""# : "Bearer"
        }
        let body = ByteBuffer(bytes: problem.rejection.errorBody())
        return Answer(problem.status, fields: fields, body: body)
    }
}
