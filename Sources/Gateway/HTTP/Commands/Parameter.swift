import Hub

/// A field of a command, a reply or an event.
struct Parameter: Sendable {
    let name: String
    let schema: Schema
    let isRequired: Bool
    let summary: String
    /// Where the native protocol has it: within `data`, or beside it.
    let isInData: Bool

    static func need(_ name: String, _ schema: Schema, _ summary: String = "") -> Parameter {
        Parameter(name: name, schema: schema, isRequired: true, summary: summary, isInData: false)
    }

    static func may(_ name: String, _ schema: Schema, _ summary: String = "") -> Parameter {
        Parameter(name: name, schema: schema, isRequired: false, summary: summary, isInData: false)
    }

    /// The same field within `data`.
    var inData: Parameter {
        Parameter(
            name: name,
            schema: schema,
            isRequired: isRequired,
            summary: summary,
            isInData: true
        )
    }

    /// The schema with the summary, where a reference doesn't forbid one.
    var described: JSON {
        guard !summary.isEmpty else { return schema.json }
        var json = schema.json
        json.append("description", .string(summary))
        return json
    }
}
