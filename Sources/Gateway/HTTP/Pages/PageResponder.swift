import Crypto
import HTTPTypes
import NIOCore

/// Serves the pages: by exact path, or one for all below its own, so that nothing outside the table
/// can be reached.
struct PageResponder: Sendable {
    private struct Stored: Sendable {
        /// The parts between which the nonce goes; one part where there is none.
        let parts: [ByteBuffer]
        let isTemplate: Bool
        let tag: String
        let fields: HTTPFields
    }

    private static let placeholder = Array("{{nonce}}".utf8)

    private let pages: [String: Stored]
    /// The paths, each with a slash at its end, below which their page is served.
    private let places: [(prefix: String, path: String)]

    init(_ pages: [Page]) {
        places = pages.compactMap { $0.hasBelow ? ($0.path + "/", $0.path) : nil }
        self.pages = Dictionary(pages.map { ($0.path, Self.store($0)) }) { first, _ in first }
    }

    /// Nil when there is no page at the path.
    func respond(to call: Call) throws(Problem) -> Answer? {
        guard let page = find(call.path) else { return nil }
        guard call.method == .get || call.method == .head else {
            throw .wrongMethod([.get, .head])
        }
        if EntityTag.matches(call.fields[.ifNoneMatch], page.tag) {
            // Without a policy: the one with the nonce of the stored page goes on.
            return EntityTag.notModified(page.tag)
        }
        guard page.isTemplate else { return Answer(.ok, fields: page.fields, body: page.parts[0]) }
        let nonce = Nonce.make()
        let fields = StandardFields.page(nonce: nonce, tag: page.tag)
        return Answer(.ok, fields: fields, body: Self.join(page.parts, nonce))
    }

    private func find(_ path: Substring) -> Stored? {
        if let page = pages[String(path)] { return page }
        return places.first { path.hasPrefix($0.prefix) }.flatMap { pages[$0.path] }
    }

    private static func store(_ page: Page) -> Stored {
        let digest = SHA256.hash(data: page.bytes)
        let tag = EntityTag.make(digest)
        return Stored(
            parts: page.isTemplate ? split(page.bytes) : [ByteBuffer(bytes: page.bytes)],
            isTemplate: page.isTemplate,
            tag: tag,
            fields: StandardFields.document(type: page.contentType, tag: tag)
        )
    }

    private static func split(_ bytes: [UInt8]) -> [ByteBuffer] {
        var parts: [ByteBuffer] = []
        var start = bytes.startIndex
        var at = start
        while at + placeholder.count <= bytes.endIndex {
            if bytes[at..<(at + placeholder.count)].elementsEqual(placeholder) {
                parts.append(ByteBuffer(bytes: bytes[start..<at]))
                at += placeholder.count
                start = at
            } else {
                at += 1
            }
        }
        parts.append(ByteBuffer(bytes: bytes[start...]))
        return parts
    }

    private static func join(_ parts: [ByteBuffer], _ nonce: String) -> ByteBuffer {
        var body = ByteBuffer()
        for (index, part) in parts.enumerated() {
            if index > 0 { body.writeString(nonce) }
            body.writeImmutableBuffer(part)
        }
        return body
    }
}
