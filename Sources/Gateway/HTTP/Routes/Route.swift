import HTTPTypes
import Hub

/// One line of the REST API: method and path, what is carried out, and where each field comes from.
///
/// `{room}` in a path is the topic `room:<value>`, `{doc}` the topic `doc:<value>`, `{order}` the
/// topic `order:<value>`, `{topic}` a whole topic id; any other placeholder is the command's field
/// of that name. What is not in the path is in the body, or in the query of a `GET`.
struct Route: Sendable {
    /// What answers.
    enum Work: Sendable {
        case command(CommandShape)
        case document(DocumentRoute)
        /// Records of a topic's log.
        case log
        case revoke
        case listConnections
        case endConnection
    }

    /// Where a field is found.
    enum Place: Sendable {
        case path(Int)
        case query
        case body
    }

    struct Field: Sendable {
        let parameter: Parameter
        let place: Place
    }

    let method: HTTPRequest.Method
    let template: String
    let work: Work
    let summary: String
    let fields: [Field]
    let reply: [Parameter]
    /// The number of the path's placeholder that names the topic.
    let topicIndex: Int?
    let isWholeTopic: Bool
    /// What else the placeholder names.
    let topicKind: TopicKind
    /// Of which kind is the asker's own topic that it is about, where no path names one.
    let ownKind: TopicKind?
    /// The template of `Location`, for routes that create something: answered with 201.
    let location: String?
    let bodyBytesMaximum: Int

    init(
        _ method: HTTPRequest.Method,
        _ template: String,
        _ action: String,
        own: TopicKind? = nil,
        location: String? = nil,
        bodyBytesMaximum: Int = 16_384
    ) {
        guard let shape = CommandCatalogue.byAction[action] else {
            preconditionFailure("The route's action is in the catalogue.")
        }
        self.init(
            method,
            template,
            .command(shape),
            shape.summary,
            shape.parameters,
            reply: shape.reply,
            own: own,
            location: location,
            bodyBytesMaximum: bodyBytesMaximum
        )
    }

    init(
        _ method: HTTPRequest.Method,
        _ template: String,
        _ work: Work,
        _ summary: String,
        _ parameters: [Parameter],
        reply: [Parameter],
        own: TopicKind? = nil,
        location: String? = nil,
        bodyBytesMaximum: Int = 16_384
    ) {
        self.method = method
        self.template = template
        self.work = work
        self.summary = summary
        self.reply = reply
        self.location = location
        self.bodyBytesMaximum = bodyBytesMaximum
        ownKind = own
        let names = Self.placeholders(template)
        topicIndex = names.firstIndex { $0 == "topic" || Self.kinds[$0] != nil }
        isWholeTopic = names.contains("topic")
        topicKind = names.lazy.compactMap { Self.kinds[$0] }.first ?? .room
        let hasTopic = topicIndex != nil
        let hasBody = method != .get && method != .delete && !work.takesPlainBody
        fields = parameters.filter { !hasTopic || $0.name != "topic" }.map { parameter in
            if let index = names.firstIndex(of: parameter.name) {
                return Field(parameter: parameter, place: .path(index))
            }
            return Field(parameter: parameter, place: hasBody ? .body : .query)
        }
        let known = Set(parameters.map(\.name)).union(["topic"]).union(Self.kinds.keys)
        precondition(names.allSatisfy(known.contains), "Each placeholder is a field or the topic.")
    }

    /// The placeholders that name a topic, each of its kind.
    private static let kinds: [String: TopicKind] = [
        "room": .room, "doc": .doc, "order": .order,
    ]

    /// The names between braces, in order.
    static func placeholders(_ template: String) -> [String] {
        template.split(separator: "/").filter { $0.hasPrefix("{") }.map {
            String($0.dropFirst().dropLast())
        }
    }

    /// Reads a body: the other methods' fields are in the path or the query.
    var takesBody: Bool { method == .post || method == .patch || method == .put }

    var bodyFields: [Field] {
        fields.filter { if case .body = $0.place { true } else { false } }
    }

    var takesKey: Bool {
        switch work {
        case .command(let shape): shape.isStored
        case .document(let route): route.isStored
        default: false
        }
    }

    /// What a request takes from the buckets of its user and address.
    var cost: Int {
        switch work {
        case .command(let shape): ActionCost.of(shape.action)
        case .document(let route): ActionCost.of(route.action)
        case .log: ActionCost.read
        case .revoke, .listConnections, .endConnection: ActionCost.write
        }
    }

    /// Only for those who hold `admin` on `hub`.
    var isForOperators: Bool {
        switch work {
        case .revoke, .listConnections, .endConnection: true
        case .command, .document, .log: false
        }
    }
}

extension Route.Work {
    /// Whether the body is no JSON object of fields, so that these are in the query.
    var takesPlainBody: Bool {
        guard case .document(let route) = self else { return false }
        return route.body == .bytes || route.body == .text
    }
}
