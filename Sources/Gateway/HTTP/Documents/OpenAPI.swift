import HTTPTypes
import Hub

/// The REST API as an OpenAPI 3.1 document, written from the route table.
struct OpenAPI {
    let version: String
    let routes: [Route]

    var json: JSON {
        [
            "openapi": "3.1.0",
            "info": [
                "title": "Martlet", "version": .string(version),
                "description": "A real-time hub: rooms, messages, and their log.",
            ],
            "servers": [["url": "/"]],
            "security": [["bearer": []], [:]],
            "tags": .array(tags.map { ["name": .string($0)] }),
            "paths": paths,
            "components": [
                "schemas": SharedSchemas.components,
                "responses": ["Refused": refused],
                "securitySchemes": [
                    "bearer": ["type": "http", "scheme": "bearer", "bearerFormat": "JWT"]
                ],
            ],
        ]
    }

    private var paths: JSON {
        var order: [String] = []
        var operations: [String: [JSON.Member]] = [:]
        for route in routes {
            if operations[route.template] == nil { order.append(route.template) }
            let member = JSON.Member(route.method.rawValue.lowercased(), operation(route))
            operations[route.template, default: []].append(member)
        }
        let members = order.map { JSON.Member($0, .object(operations[$0] ?? [])) }
        return .object(members + PrometheusPaths.members + FixedPath.allCases.map(fixed))
    }

    private func operation(_ route: Route) -> JSON {
        var operation: JSON = [
            "operationId": .string(Self.identifier(route)),
            "summary": .string(route.summary),
            "tags": [.string(tag(route))],
            "parameters": .array(parameters(route)),
        ]
        if route.takesBody { operation.append("requestBody", requestBody(route)) }
        operation.append("responses", responses(route))
        return operation
    }

    /// The action, or a name for what is no command.
    static func identifier(_ route: Route) -> String {
        switch route.work {
        case .command(let shape): shape.action
        case .document(let route): route.identifier
        case .ingest(let route): route.rawValue
        case .log: "log"
        case .revoke: "revoke"
        case .listConnections: "connections"
        case .endConnection: "endConnection"
        }
    }

    private var tags: [String] {
        routes.map(tag).reduce(into: []) { if !$0.contains($1) { $0.append($1) } } + ["hub"]
    }

    private func tag(_ route: Route) -> String {
        if route.isForOperators { return "operators" }
        if case .document = route.work { return "documents" }
        if case .ingest = route.work { return "metrics" }
        if route.template.hasPrefix("/api/streams") { return "metrics" }
        let topics = [
            "rooms", "items", "reservations", "products", "cart", "orders", "preferences",
        ]
        return topics.first { route.template.hasPrefix("/api/\($0)") } ?? "search"
    }

    private func parameters(_ route: Route) -> [JSON] {
        var parameters: [JSON] = Route.placeholders(route.template).map { name in
            let field = route.fields.first { $0.parameter.name == name }
            let schema = field?.parameter.schema ?? (name == "topic" ? .topic : .text(1...250))
            return [
                "name": .string(name), "in": "path", "required": true, "schema": schema.json,
            ]
        }
        for field in route.fields {
            guard case .query = field.place else { continue }
            parameters.append([
                "name": .string(field.parameter.name), "in": "query",
                "required": .bool(field.parameter.isRequired),
                "description": .string(field.parameter.summary),
                "schema": field.parameter.schema.json,
            ])
        }
        if route.takesKey {
            parameters.append([
                "name": "Idempotency-Key", "in": "header", "required": false,
                "description": "Carried out once, for ever; a repeat gets the first result.",
                "schema": Schema.text(1...Ask.keyBytesMaximum).json,
            ])
        }
        parameters += conditions(route)
        parameters.append([
            "name": "X-Martlet-Name", "in": "header", "required": false,
            "description": "A guest's name, where guests are let in; also the query's `name`.",
            "schema": Schema.text(1...64).json,
        ])
        return parameters
    }

    private func conditions(_ route: Route) -> [JSON] {
        var fields: [(String, String)] = []
        if route.document?.takesCondition == true {
            fields.append(("If-Match", "Carried out only on the state of one of these tags."))
        }
        if route.document?.takesKnown == true {
            fields.append(("If-None-Match", "Answered with 304 if nothing changed since."))
        }
        return fields.map { name, summary in
            [
                "name": .string(name), "in": "header", "required": false,
                "description": .string(summary), "schema": Schema.string.json,
            ]
        }
    }

    private static let bytes: JSON = ["application/octet-stream": [:]]

    private func requestBody(_ route: Route) -> JSON {
        if case .document(let document) = route.work, route.work.takesPlainBody {
            let text: JSON = [
                "text/plain": ["schema": Schema.string.json],
                "application/json": ["schema": Schema.object([.need("text", .string)]).json],
            ]
            return ["required": true, "content": document.body == .bytes ? Self.bytes : text]
        }
        if case .ingest(let ingest) = route.work {
            let types = ingest.mediaTypes.map { JSON.Member($0, [:]) }
            return ["required": true, "content": .object(types)]
        }
        var fields = route.bodyFields.map(\.parameter)
        if case .command(let shape) = route.work, shape.action == "create" {
            fields.append(.may("room", .text(1...250), "Without it for direct rooms."))
        }
        if route.takesKey {
            fields.append(.may("key", .text(1...Ask.keyBytesMaximum)))
        }
        return [
            "required": .bool(fields.contains(where: \.isRequired)),
            "content": ["application/json": ["schema": Schema.object(fields).json]],
        ]
    }

    private func responses(_ route: Route) -> JSON {
        let reply: JSON = ["application/json": ["schema": Schema.object(route.reply).json]]
        let isBytes = if case .document(.state) = route.work { true } else { false }
        var success: JSON = [
            "description": .string(route.summary), "content": isBytes ? Self.bytes : reply,
        ]
        let headers = headers(route)
        if !headers.isEmpty { success.append("headers", .object(headers)) }
        var responses = [JSON.Member(route.location == nil ? "200" : "201", success)]
        if route.document?.takesKnown == true {
            responses.append(JSON.Member("304", ["description": "Nothing changed since."]))
        }
        let refused: JSON = ["$ref": "#/components/responses/Refused"]
        return .object(responses + [JSON.Member("default", refused)])
    }

    private func headers(_ route: Route) -> [JSON.Member] {
        func header(_ name: String, _ summary: String) -> JSON.Member {
            JSON.Member(
                name,
                ["description": .string(summary), "schema": Schema.string.json]
            )
        }
        var headers: [JSON.Member] = []
        if route.location != nil { headers.append(header("Location", "Where it is.")) }
        let hasPosition = route.reply.contains { $0.name == "position" }
        if let document = route.document, hasPosition || document == .state {
            headers.append(header("ETag", "The position, in quotes."))
        }
        return headers
    }

    private var refused: JSON {
        [
            "description": "Refused: the catalogue of codes says why, and whether to retry.",
            "headers": [
                "Retry-After": ["description": "Seconds.", "schema": Schema.count.json],
                "ETag": [
                    "description": "With `precondition_failed`: where the document stands.",
                    "schema": Schema.string.json,
                ],
            ],
            "content": ["application/json": ["schema": Schema.named("Error").json]],
        ]
    }

    private func fixed(_ path: FixedPath) -> JSON.Member {
        let isText = path == .metrics
        let type = isText ? "text/plain" : "application/json"
        let schema = isText ? Schema.string : Schema.map(.anything)
        let operation: JSON = [
            "operationId": .string(String(path.rawValue.dropFirst()).replacing(".", with: "_")),
            "summary": .string(path.summary),
            "tags": ["hub"],
            "responses": [
                "200": [
                    "description": .string(path.summary),
                    "content": .object([JSON.Member(type, ["schema": schema.json])]),
                ],
                "default": ["description": "Not now, or not for you."],
            ],
        ]
        return JSON.Member(path.rawValue, ["get": operation])
    }
}

extension FixedPath {
    fileprivate var summary: String {
        switch self {
        case .health: "The process lives; with deep=1, what it needs works too."
        case .readiness: "The hub takes work: it can write, and it doesn't drain."
        case .metrics: "Metrics in Prometheus' text format, for this machine and operators."
        case .openAPI: "This document."
        case .asyncAPI: "The WebSocket side, as an AsyncAPI document."
        }
    }
}
