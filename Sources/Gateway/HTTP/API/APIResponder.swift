import HTTPTypes
import Hub
import HummingbirdCore

/// Answers requests under `/api` by way of the route table.
struct APIResponder: Sendable {
    let performer: any Performer
    let door: any Door
    let roster: any ConnectionRoster
    let instruments: Instruments
    let ingest: IngestResponder
    let tree: RouteTree
    let routes: [Route]

    init(
        performer: any Performer,
        door: any Door,
        roster: any ConnectionRoster,
        intake: (any SampleIntake)?,
        instruments: Instruments
    ) {
        self.performer = performer
        self.door = door
        self.roster = roster
        self.instruments = instruments
        ingest = IngestResponder(intake: intake, instruments: instruments)
        routes = RouteTable.all
        tree = RouteTree(routes)
    }

    /// - Parameter found: Gets the route's number, for the metrics.
    func respond(
        to call: Call,
        _ writer: borrowing ResponseWriter,
        found: inout Int?
    ) async throws(Problem) -> Answer {
        let crossOrigin = CrossOrigin(door: door)
        let route: Route
        let values: [String]
        switch tree.match(call.path, call.method) {
        case .route(let number, let matched):
            found = number
            route = routes[number]
            values = matched
        case .methods(let allowed):
            if call.method == .options { return try crossOrigin.options(call, methods: allowed) }
            throw .wrongMethod(allowed)
        case .malformed: throw .badTarget
        case .none: throw .notFound
        }
        // What another site's page reads, the browser keeps from it; what it writes would be done.
        let isHarmless = route.method == .get && call.origin != nil
        guard isHarmless || crossOrigin.isAllowed(call) else { throw .originRefused }
        let query = try call.query()
        let principal = try await door.identify(
            call,
            guestName: call.fields[.guestName] ?? query["name"],
            cost: route.cost
        )
        let body: JSON =
            route.takesBody
            ? try await BodyReader(maximum: route.bodyBytesMaximum).read(call, writer, for: route)
            : .object([])
        let builder = AskBuilder(
            route: route,
            values: values,
            query: query,
            body: body,
            principal: principal
        )
        return try await carryOut(builder, call)
    }

    private func carryOut(_ builder: AskBuilder, _ call: Call) async throws(Problem) -> Answer {
        switch builder.route.work {
        case .command(let shape):
            try await perform(shape.action, grant: shape.grant, builder, call)
        case .log:
            // Whoever may join a topic may read its log.
            try await perform("log", grant: "join", builder, call)
        case .document(let route):
            try await DocumentResponder(
                performer: performer,
                door: door,
                instruments: instruments
            ).respond(route, builder, call)
        case .ingest(let route):
            try await ingest.respond(
                route,
                builder.body["body"]?.binary ?? [],
                call,
                for: builder.principal
            )
        case .revoke, .listConnections, .endConnection:
            try await OperatorResponder(door: door, roster: roster).respond(builder)
        }
    }

    private func perform(
        _ action: String,
        grant: String,
        _ builder: AskBuilder,
        _ call: Call
    ) async throws(Problem) -> Answer {
        let topic = try builder.topic()
        var fields = try builder.fields()
        // Questions that name their topic have it as a field, as in the native protocol.
        if let topic, case .command(let shape) = builder.route.work, shape.scope == .hub,
            fields["topic"] == nil
        {
            fields.append("topic", .string(topic.text))
        }
        let key =
            builder.route.takesKey
            ? try builder.key(header: call.fields[.idempotencyKey]) : nil
        instruments.commands[action].add()
        do throws(Rejection) {
            try door.admit(grant, on: topic, for: builder.principal)
            let ask = Ask(
                action: action,
                topic: topic,
                fields: fields,
                key: key,
                principal: builder.principal
            )
            let reply = try await performer.perform(ask)
            return created(builder, topic, reply) ?? .json(reply)
        } catch {
            instruments.rejections[error.code.rawValue].add()
            throw Problem(error)
        }
    }

    /// 201 and where the new thing is.
    private func created(_ builder: AskBuilder, _ topic: TopicID?, _ reply: JSON) -> Answer? {
        guard let template = builder.route.location, let topic else { return nil }
        var location = ""
        for segment in template.split(separator: "/") {
            location += "/"
            switch segment {
            case "{room}": location += PercentCoding.encode(String(topic.name))
            case "{messageId}", "{orderId}":
                let name = String(segment.dropFirst().dropLast())
                guard let id = reply[name]?.string else { return nil }
                location += PercentCoding.encode(id)
            default: location += segment
            }
        }
        var answer = Answer.json(reply, status: .created)
        answer.fields.append(HTTPField(name: .location, value: location))
        return answer
    }
}
