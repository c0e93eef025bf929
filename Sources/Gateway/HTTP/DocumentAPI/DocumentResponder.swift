import HTTPTypes
import Hub
import NIOCore

/// Answers requests about documents: commands like the others, with bytes where they belong.
struct DocumentResponder: Sendable {
    let performer: any Performer
    let door: any Door
    let instruments: Instruments

    func respond(
        _ route: DocumentRoute,
        _ builder: AskBuilder,
        _ call: Call
    ) async throws(Problem) -> Answer {
        let topic = try topic(route, builder)
        let key =
            builder.route.takesKey ? try builder.key(header: call.fields[.idempotencyKey]) : nil
        var fields = try fields(route, builder)
        if route.takesKnown, let field = call.fields[.ifNoneMatch] {
            let known = EntityTag.positions(field).map { JSON.string($0.description) }
            fields.append("known", .array(known))
        }
        instruments.commands[route.action].add()
        do throws(Rejection) {
            try door.admit(route.action, on: topic, for: builder.principal)
            let ask = Ask(
                action: route.action,
                topic: topic,
                fields: fields,
                key: key,
                condition: route.takesCondition
                    ? EntityTag.condition(call.fields[.ifMatch]) : nil,
                principal: builder.principal
            )
            return answer(route, topic, try await performer.perform(ask))
        } catch {
            instruments.rejections[error.code.rawValue].add()
            throw Problem(error)
        }
    }

    private func topic(
        _ route: DocumentRoute,
        _ builder: AskBuilder
    ) throws(Problem) -> TopicID? {
        guard route == .create else { return try builder.topic() }
        do throws(Rejection) {
            guard let name = builder.body["name"]?.string else {
                throw Rejection(.badRequest, "name is missing.")
            }
            return try TopicID(.doc, name)
        } catch {
            throw Problem(error)
        }
    }

    private func fields(
        _ route: DocumentRoute,
        _ builder: AskBuilder
    ) throws(Problem) -> JSON {
        switch route {
        case .postUpdate: return ["data": ["update": builder.body["update"] ?? .null]]
        case .replaceText:
            guard let text = builder.body["text"]?.string else {
                throw Problem(.badRequest, .badRequest, "text is missing.")
            }
            guard let root = builder.query["root"], !root.isEmpty else {
                throw Problem(.badRequest, .badRequest, "root is missing.")
            }
            let operation: JSON = [
                "op": "setText", "root": .string(root), "text": .string(text),
            ]
            return ["data": ["operations": [operation]]]
        default: return try builder.fields()
        }
    }

    /// With a tag that names the position, where there is one.
    private func answer(_ route: DocumentRoute, _ topic: TopicID?, _ reply: JSON) -> Answer {
        if let position = reply["unchanged"]?.string {
            return EntityTag.notModified(EntityTag.make(position: position))
        }
        var answer = untagged(route, topic, reply)
        if let position = reply["position"]?.string {
            let tag = EntityTag.make(position: position)
            answer.fields.append(HTTPField(name: .eTag, value: tag))
        }
        return answer
    }

    private func untagged(_ route: DocumentRoute, _ topic: TopicID?, _ reply: JSON) -> Answer {
        switch route {
        case .state: return Self.state(reply)
        case .create:
            var answer = Answer.json(reply, status: .created)
            let name = PercentCoding.encode(topic.map { String($0.name) } ?? "")
            answer.fields.append(HTTPField(name: .location, value: "/api/docs/\(name)"))
            return answer
        case .saveVersion: return .json(reply, status: .created)
        default: return .json(reply)
        }
    }

    /// The bytes as they are; where the log stood, in a field.
    private static func state(_ reply: JSON) -> Answer {
        var fields = StandardFields.text(type: "application/octet-stream")
        if let position = reply["position"]?.string {
            fields.append(HTTPField(name: .position, value: position))
        }
        let bytes = reply["state"]?.binary ?? []
        return Answer(.ok, fields: fields, body: ByteBuffer(bytes: bytes))
    }
}
