import HTTPTypes
import Hub
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// Answers every HTTP request: finds who is responsible, and writes what they say.
package final class Responder: Sendable {
    let door: any Door
    let limits: HTTPLimits
    let instruments: Instruments
    let health: Health
    private let api: APIResponder
    private let prometheus: PrometheusResponder?
    private let cluster: ClusterResponder?
    private let pages: PageResponder
    private let healthResponder: HealthResponder
    private let openAPI: Document
    private let asyncAPI: Document
    private let logger: Logger
    /// Connections of this plane are numbered apart from those of the reactor.
    private let connectionNumber = Atomic<UInt64>(1 << 63)

    package init(
        performer: any Performer,
        door: any Door,
        roster: any ConnectionRoster,
        intake: (any SampleIntake)? = nil,
        pages: [Page],
        health: Health,
        instruments: Instruments,
        metrics: (any MetricSource)? = nil,
        cluster: (any ClusterDesk)? = nil,
        now: @escaping @Sendable () -> Timestamp = { Timestamp(milliseconds: 0) },
        limits: HTTPLimits = HTTPLimits(),
        logger: Logger
    ) {
        self.door = door
        self.limits = limits
        self.instruments = instruments
        self.health = health
        self.logger = logger
        api = APIResponder(
            performer: performer,
            door: door,
            roster: roster,
            intake: intake,
            instruments: instruments
        )
        prometheus = metrics.map {
            PrometheusResponder(source: $0, door: door, now: now, version: instruments.version)
        }
        self.cluster = cluster.map { ClusterResponder(desk: $0, door: door) }
        self.pages = PageResponder(pages)
        healthResponder = HealthResponder(health: health, cluster: cluster)
        openAPI = Document(OpenAPI(version: instruments.version, routes: RouteTable.all).json)
        asyncAPI = Document(AsyncAPI(version: instruments.version).json)
    }

    func connection(_ client: ClientAddress) -> HTTPConnection {
        let number = connectionNumber.wrappingAdd(1, ordering: .relaxed).newValue
        return HTTPConnection(id: ConnectionID(number), client: client)
    }

    func respond(
        to request: HummingbirdCore.Request,
        _ writer: consuming ResponseWriter,
        on connection: HTTPConnection
    ) async throws {
        let began = NIODeadline.now()
        var target: HTTPInstruments.Target?
        var answer: Answer
        do throws(Problem) {
            let call = try Call(request, on: connection, limits: limits)
            answer = try await self.answer(call, writer, target: &target)
        } catch {
            note(error)
            answer = .problem(error)
        }
        if request.head.path?.hasPrefix("/api") == true {
            mark(&answer, request)
        }
        let status = answer.status
        if status != .noContent, status != .notModified {
            answer.fields.append(
                HTTPField(name: .contentLength, value: String(answer.body.readableBytes))
            )
        }
        let head = HTTPResponse(status: status, headerFields: answer.fields)
        if request.method == .head || answer.body.readableBytes == 0 {
            try await writer.writeResponse(head)
        } else {
            try await writer.write(response: head, body: ResponseBody(byteBuffer: answer.body))
        }
        instruments.http.count(
            route: target,
            method: request.method.rawValue,
            status: status.code
        )
        let elapsed = (NIODeadline.now() - began).nanoseconds
        instruments.http.observe(route: target, nanoseconds: Int(elapsed))
    }

    private func answer(
        _ call: Call,
        _ writer: borrowing ResponseWriter,
        target: inout HTTPInstruments.Target?
    ) async throws(Problem) -> Answer {
        // Whatever is asked for: a page that rebound its name to this machine could read it. No
        // page reaches a Unix socket.
        guard call.connection.client.isLocal || door.isAllowed(host: call.host) else {
            throw .hostRefused
        }
        if let prometheus, let endpoint = PrometheusEndpoint(path: call.path) {
            target = .prometheus
            return try await prometheus.respond(to: call, endpoint, writer)
        }
        if call.path.hasPrefix("/api/") {
            var number: Int?
            defer { target = number.map { .route($0) } }
            return try await api.respond(to: call, writer, found: &number)
        }
        if let cluster, call.path.hasPrefix(ClusterResponder.prefix) {
            return try await cluster.respond(to: call)
        }
        if let fixed = FixedPath(rawValue: String(call.path)) {
            target = .fixed(fixed)
            guard call.method == .get || call.method == .head else {
                throw .wrongMethod([.get, .head])
            }
            return try await answer(fixed, call)
        }
        if let page = try pages.respond(to: call) {
            target = .page
            return page
        }
        throw .notFound
    }

    private func answer(_ path: FixedPath, _ call: Call) async throws(Problem) -> Answer {
        switch path {
        case .health: return try await healthResponder.alive(call)
        case .readiness: return await healthResponder.ready()
        case .openAPI: return openAPI.respond(to: call)
        case .asyncAPI: return asyncAPI.respond(to: call)
        case .metrics:
            try await admitToMetrics(call)
            let text = MetricsPage(
                instruments: instruments,
                cluster: cluster?.desk.reading
            ).text()
            let fields = StandardFields.text(type: PrometheusText.contentType)
            return Answer(.ok, fields: fields, body: ByteBuffer(bytes: text))
        }
    }

    /// Clients on this machine, and tokens that grant `metrics` on `hub` by name.
    private func admitToMetrics(_ call: Call) async throws(Problem) {
        var client = call.connection.client
        client.text = call.clientAddress(door)
        if client.isLoopback { return }
        guard (try? call.bearer()) != nil else {
            throw Problem(
                .unauthorized,
                .unauthorized,
                "Metrics are for this machine and for operators."
            )
        }
        let principal = try await door.identify(call, guestName: nil, cost: ActionCost.read)
        guard principal.grants.allowByName("metrics", on: "hub") else {
            throw Problem(.forbidden, .forbidden, "This needs the grant metrics on hub.")
        }
    }

    private func mark(_ answer: inout Answer, _ request: HummingbirdCore.Request) {
        guard let origin = request.headers[.origin] else { return }
        CrossOrigin(door: door).mark(
            &answer.fields,
            origin: origin,
            host: request.head.authority
        )
    }

    private func note(_ problem: Problem) {
        guard problem.status == .internalServerError else { return }
        logger.error("A request failed", metadata: ["message": "\(problem.rejection.message)"])
    }
}
