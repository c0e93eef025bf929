import Hub

/// The native protocol as an AsyncAPI 3.0 document, written from the catalogues.
struct AsyncAPI {
    let version: String

    var json: JSON {
        [
            "asyncapi": "3.0.0",
            "info": [
                "title": "Martlet, native protocol", "version": .string(version),
                "description": "JSON over WebSocket: the subprotocol martlet.v1 at /ws.",
            ],
            "defaultContentType": "application/json",
            "servers": [
                "hub": ["host": "localhost:8000", "protocol": "ws", "pathname": "/ws"]
            ],
            "channels": ["session": channel],
            "operations": operations,
            "components": [
                "schemas": SharedSchemas.components,
                "messages": .object(commands + replies + events + [refusal]),
            ],
        ]
    }

    /// Rooms and documents share some actions' names: those of documents are told apart.
    static let shapes: [(name: String, shape: CommandShape)] =
        CommandCatalogue.all.map { ($0.action, $0) }
        + DocumentCatalogue.all.map { ("doc.\($0.action)", $0) }

    private var channel: JSON {
        let names = (commands + replies + events + [refusal]).map(\.key)
        return [
            "address": "/ws",
            "messages": .object(
                names.map {
                    JSON.Member($0, ["$ref": .string("#/components/messages/\($0)")])
                }
            ),
        ]
    }

    private var operations: JSON {
        let asked = Self.shapes.map { name, shape -> JSON.Member in
            JSON.Member(
                name,
                [
                    "action": "receive",
                    "channel": ["$ref": "#/channels/session"],
                    "summary": .string(shape.summary),
                    "messages": [Self.reference("command.\(name)")],
                    "reply": [
                        "channel": ["$ref": "#/channels/session"],
                        "messages": [
                            Self.reference("reply.\(name)"), Self.reference("refusal"),
                        ],
                    ],
                ]
            )
        }
        let shown = JSON.Member(
            "events",
            [
                "action": "send",
                "channel": ["$ref": "#/channels/session"],
                "summary": "What happens in the topics that were joined.",
                "messages": .array(events.map { Self.reference($0.key) }),
            ]
        )
        return .object(asked + [shown])
    }

    private var commands: [JSON.Member] {
        Self.shapes.map { name, shape in
            var fields: [Parameter] = [.may("id", Self.id), .need("action", .oneOf(shape.action))]
            if shape.scope == .room { fields.append(.need("topic", .topic)) }
            if shape.isStored { fields.append(.may("key", .text(1...Ask.keyBytesMaximum))) }
            fields += shape.parameters.filter { !$0.isInData }
            let data = shape.parameters.filter(\.isInData)
            if !data.isEmpty {
                let isNeeded = data.contains(where: \.isRequired)
                fields.append(isNeeded ? .need("data", .object(data)) : .may("data", .object(data)))
            }
            return Self.message("command.\(name)", shape.summary, .object(fields))
        }
    }

    private var replies: [JSON.Member] {
        Self.shapes.map { name, shape in
            let payload = Schema.object([.may("id", Self.id), .need("ok", .object(shape.reply))])
            return Self.message("reply.\(name)", "Done: \(shape.summary)", payload)
        }
    }

    private var events: [JSON.Member] {
        EventCatalogue.all.map { event in
            var fields: [Parameter] = [
                .need("topic", .topic), .need("event", .oneOf(event.name)),
            ]
            if event.isStored { fields.append(.need("position", .position)) }
            fields += [
                .may("at", .timestamp), .may("by", .userID), .may("data", event.data),
            ]
            return Self.message("event.\(event.name)", event.summary, .object(fields))
        }
    }

    private var refusal: JSON.Member {
        Self.message("refusal", "Refused; the connection lives on.", .named("Error"))
    }

    private static var id: Schema { .text(1...64) }

    private static func message(_ name: String, _ summary: String, _ payload: Schema) -> JSON.Member
    {
        JSON.Member(
            name,
            [
                "name": .string(name), "summary": .string(summary), "payload": payload.json,
            ]
        )
    }

    private static func reference(_ message: String) -> JSON {
        ["$ref": .string("#/channels/session/messages/\(message)")]
    }
}
