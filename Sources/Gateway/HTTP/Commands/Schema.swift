import Hub

/// A JSON Schema (2020-12): what a field or a document may be, for OpenAPI and AsyncAPI.
struct Schema: Sendable {
    /// What a value is made of: tells how the text of a query is read.
    enum Kind: String, Sendable {
        case string, integer, boolean, array, object
    }

    let kind: Kind
    let json: JSON

    private init(_ kind: Kind, _ more: [JSON.Member] = []) {
        self.kind = kind
        json = .object([JSON.Member("type", .string(kind.rawValue))] + more)
    }

    private init(reference name: String) {
        kind = .object
        json = ["$ref": .string("#/components/schemas/\(name)")]
    }

    static let boolean = Schema(.boolean)
    static let string = Schema(.string)
    static let userID = text(1...128)
    /// A record's id: decimal digits, since JavaScript's numbers end at 2^53.
    static let messageID = Schema(.string, [JSON.Member("pattern", "^[0-9]{1,19}$")])
    static let timestamp = Schema(.integer, [JSON.Member("format", "int64")])
    static let base64 = Schema(.string, [JSON.Member("contentEncoding", "base64")])
    static let position = Schema(.string, [JSON.Member("pattern", "^[0-9a-z]{1,7}:[0-9]{1,20}$")])
    static let topic = text(1...255)
    static let preferenceName = Schema(
        .string,
        [JSON.Member("pattern", "^[A-Za-z0-9._-]{1,64}$")]
    )

    static func text(_ length: ClosedRange<Int>) -> Schema {
        Schema(
            .string,
            [
                JSON.Member("minLength", .int(Int64(length.lowerBound))),
                JSON.Member("maxLength", .int(Int64(length.upperBound))),
            ]
        )
    }

    static func integer(_ range: ClosedRange<Int64>, default standard: Int64? = nil) -> Schema {
        var more = [
            JSON.Member("minimum", .int(range.lowerBound)),
            JSON.Member("maximum", .int(range.upperBound)),
        ]
        if let standard { more.append(JSON.Member("default", .int(standard))) }
        return Schema(.integer, more)
    }

    static var count: Schema { Schema(.integer, [JSON.Member("minimum", 0)]) }

    static func oneOf(_ words: String...) -> Schema { self.words(words) }

    /// Any JSON value.
    static let anything = Schema(kind: .object, json: .object([]))

    static func words(_ words: [String]) -> Schema {
        Schema(.string, [JSON.Member("enum", .array(words.map { .string($0) }))])
    }

    static func array(_ item: Schema, most: Int64? = nil) -> Schema {
        var more = [JSON.Member("items", item.json)]
        if let most { more.append(JSON.Member("maxItems", .int(most))) }
        return Schema(.array, more)
    }

    static func object(_ fields: [Parameter]) -> Schema {
        let properties = fields.map { JSON.Member($0.name, $0.described) }
        let required = fields.filter(\.isRequired).map { JSON.string($0.name) }
        var more = [JSON.Member("properties", .object(properties))]
        if !required.isEmpty { more.append(JSON.Member("required", .array(required))) }
        return Schema(.object, more)
    }

    static func map(_ value: Schema) -> Schema {
        Schema(.object, [JSON.Member("additionalProperties", value.json)])
    }

    static func named(_ name: String) -> Schema { Schema(reference: name) }

    /// The same, or null.
    var orNull: Schema {
        guard case .object(var members) = json, members.first?.key == "type" else { return self }
        members[0].value = [members[0].value, "null"]
        return Schema(kind: kind, json: .object(members))
    }

    private init(kind: Kind, json: JSON) {
        self.kind = kind
        self.json = json
    }
}
