import CRDT

/// Reads a document's roots for those who have no Yjs.
package struct DocumentContent {
    /// As what a root is read: on the wire it has no kind of its own.
    package enum Form: String, Sendable {
        case text, delta, json, map, array, xml

        init(_ value: JSON?) throws(Rejection) {
            guard let value, !value.isNull else {
                self = .text
                return
            }
            guard let form = value.string.flatMap(Form.init(rawValue:)) else {
                throw Rejection(.badRequest, "as: is text, delta, json, map, array or xml.")
            }
            self = form
        }
    }

    private let document: YDocument

    init(_ document: YDocument) {
        self.document = document
    }

    /// A state that was stored, in the second format.
    init(state: [UInt8]) throws(Rejection) {
        guard let update = try? YUpdate(v2: state, limits: .storage) else { throw .unavailable }
        document = YDocument()
        document.apply(update)
    }

    func text(_ root: String) -> String { document.text(root) }

    /// The names of the roots of either.
    func roots(and other: DocumentContent) -> [String] {
        Set(document.rootNames + other.document.rootNames).sorted()
    }

    func isEqual(_ other: DocumentContent, _ root: String) -> Bool {
        document.delta(root) == other.document.delta(root)
            && document.json(root, as: .map) == other.document.json(root, as: .map)
            && document.json(root, as: .array) == other.document.json(root, as: .array)
    }

    func read(_ root: String, as form: Form) throws(Rejection) -> JSON {
        switch form {
        case .text: .string(document.text(root))
        case .delta: .array(document.delta(root).map(json))
        case .map: JSON(document.json(root, as: .map))
        case .array: JSON(document.json(root, as: .array))
        case .json: json(root)
        case .xml: .string(document.xml(root))
        }
    }

    /// A map where there are keys, and a list otherwise.
    private func json(_ root: String) -> JSON {
        let map = document.json(root, as: .map)
        if case .object(let members) = map, !members.isEmpty { return JSON(map) }
        return JSON(document.json(root, as: .array))
    }

    private func json(_ operation: YDeltaOperation) -> JSON {
        let insert: JSON =
            switch operation.insert {
            case .text(let text): .string(text)
            case .embed(let value): JSON(value)
            case .type(let type): document.json(of: type).map { JSON($0) } ?? .null
            }
        var json: JSON = ["insert": insert]
        if !operation.attributes.isEmpty {
            json.append("attributes", JSON(.object(operation.attributes)))
        }
        return json
    }
}
