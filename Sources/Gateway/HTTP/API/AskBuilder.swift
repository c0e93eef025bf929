import HTTPTypes
import Hub

/// Makes the ask of a REST request, as its route's line in the table says.
struct AskBuilder {
    let route: Route
    let values: [String]
    let query: Query
    let body: JSON
    let principal: Principal

    /// The command's fields: those of `data` in `data`, the others beside it.
    func fields() throws(Problem) -> JSON {
        var top: [JSON.Member] = []
        var data: [JSON.Member] = []
        for field in route.fields {
            guard let value = try value(of: field) else { continue }
            let member = JSON.Member(field.parameter.name, value)
            if field.parameter.isInData { data.append(member) } else { top.append(member) }
        }
        if !data.isEmpty || route.takesKey { top.append(JSON.Member("data", .object(data))) }
        return .object(top)
    }

    /// The topic that the path names, or, for a room to be created, the body.
    func topic() throws(Problem) -> TopicID? {
        do throws(Rejection) {
            if let index = route.topicIndex {
                if route.isWholeTopic { return try TopicID(values[index]) }
                return try TopicID(route.topicKind, values[index])
            }
            if let kind = route.ownKind {
                return try TopicID(kind, TopicID.escape(principal.user))
            }
            if let index = route.holdIndex {
                guard let hold = HoldName(values[index]) else {
                    throw Rejection(.notFound, "There is no such hold, or it has ended.")
                }
                return hold.item
            }
            guard case .command(let shape) = route.work else { return nil }
            if shape.action == "create" { return try TopicID(.room, newRoom()) }
            // A search within one room is that room's to allow.
            guard let text = query["topic"] else { return nil }
            return try TopicID(text)
        } catch {
            throw Problem(error)
        }
    }

    /// `Idempotency-Key`, or the body's `key`.
    func key(header: String?) throws(Problem) -> String? {
        let inBody = body["key"]
        guard inBody == nil || inBody?.string != nil else {
            throw Problem(.badRequest, .badRequest, "key is a string.")
        }
        if let header, let text = inBody?.string, text != header {
            throw Problem(.badRequest, .badRequest, "Idempotency-Key and key differ.")
        }
        guard let key = header ?? inBody?.string else { return nil }
        guard Ask.isKey(key) else { throw Problem(Ask.badKey) }
        return key
    }

    private func newRoom() throws(Rejection) -> String {
        if let name = body["room"]?.string { return name }
        guard body["visibility"]?.string == "direct" else {
            throw Rejection(.badRequest, "room is missing.")
        }
        var members = Set([principal.user])
        for member in body["members"]?.array ?? [] {
            guard let user = member.string else {
                throw Rejection(.badRequest, "members is a list of user ids.")
            }
            members.insert(user)
        }
        return TopicID.directName(of: members)
    }

    private func value(of field: Route.Field) throws(Problem) -> JSON? {
        let parameter = field.parameter
        let value: JSON? =
            switch field.place {
            case .path(let index): .string(values[index])
            case .body: body[parameter.name]
            case .query:
                try query[parameter.name].map { text throws(Problem) in
                    try Self.read(text, as: parameter)
                }
            }
        if value == nil, parameter.isRequired {
            throw Problem(.badRequest, .badRequest, "\(parameter.name) is missing.")
        }
        return value
    }

    private static func read(_ text: String, as parameter: Parameter) throws(Problem) -> JSON {
        switch parameter.schema.kind {
        case .integer:
            guard let number = Int64(text) else { throw wrong(parameter) }
            return .int(number)
        case .boolean:
            guard text == "true" || text == "false" else { throw wrong(parameter) }
            return .bool(text == "true")
        case .string, .array, .object:
            return .string(text)
        }
    }

    private static func wrong(_ parameter: Parameter) -> Problem {
        let kind = parameter.schema.kind.rawValue
        return Problem(.badRequest, .badRequest, "\(parameter.name) is of type \(kind).")
    }
}
