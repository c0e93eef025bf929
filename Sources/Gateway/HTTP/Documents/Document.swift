import Crypto
import HTTPTypes
import Hub
import NIOCore

/// A JSON document that is made once and served with an entity tag.
struct Document: Sendable {
    private let body: ByteBuffer
    private let tag: String
    private let fields: HTTPFields

    init(_ json: JSON) {
        let bytes = json.encoded()
        body = ByteBuffer(bytes: bytes)
        tag = EntityTag.make(SHA256.hash(data: bytes))
        fields = StandardFields.document(type: "application/json", tag: tag)
    }

    func respond(to call: Call) -> Answer {
        if EntityTag.matches(call.fields[.ifNoneMatch], tag) { return EntityTag.notModified(tag) }
        return Answer(.ok, fields: fields, body: body)
    }
}
