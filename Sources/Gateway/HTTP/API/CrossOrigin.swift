import HTTPTypes
import HummingbirdCore

/// Cross-origin requests: which pages may use the API (the Fetch standard's CORS protocol).
///
/// There are no cookies, so credentials mode is never allowed; a token travels in a header.
struct CrossOrigin: Sendable {
    private static let fields =
        "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, X-Martlet-Name"
    private static let exposed = "ETag, Location, Retry-After, X-Martlet-Position"

    let door: any Door

    /// A client that is no browser sends no `Origin`, nor does a page that reads from its own: who
    /// may come under which name was settled before.
    func isAllowed(_ call: Call) -> Bool {
        door.isAllowed(origin: call.origin, host: call.host)
    }

    /// Lets the page that asked read the response, if its origin is allowed.
    func mark(_ fields: inout HTTPFields, origin: String, host: String?) {
        fields.append(HTTPField(name: .vary, value: "Origin"))
        guard door.isAllowed(origin: origin, host: host) else { return }
        fields.append(HTTPField(name: .accessControlAllowOrigin, value: origin))
        fields.append(HTTPField(name: .accessControlExposeHeaders, value: Self.exposed))
    }

    /// The answer to `OPTIONS`: a preflight, or the question which methods there are.
    func options(_ call: Call, methods: [HTTPRequest.Method]) throws(Problem) -> Answer {
        guard isAllowed(call) else { throw .originRefused }
        let names = methods.map(\.rawValue).joined(separator: ", ")
        var fields = HTTPFields()
        fields.append(HTTPField(name: .allow, value: names))
        if call.fields[.accessControlRequestMethod] != nil {
            fields.append(HTTPField(name: .accessControlAllowMethods, value: names))
            fields.append(HTTPField(name: .accessControlAllowHeaders, value: Self.fields))
            fields.append(HTTPField(name: .accessControlMaxAge, value: "600"))
        }
        return Answer(.noContent, fields: fields)
    }
}
