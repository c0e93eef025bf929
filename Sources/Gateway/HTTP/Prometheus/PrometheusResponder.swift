import HTTPTypes
import Hub
import HummingbirdCore
import NIOCore
import TimeSeries

/// Answers Prometheus' query API under `/api/v1`, as its clients expect it: dashboards, `promtool`
/// (prometheus/docs, querying/api.md).
///
/// A principal sees the series of metrics that it may `join` as streams.
struct PrometheusResponder: Sendable {
    /// What one request to the API costs: it may read a day of a hundred series.
    private static var cost: Int { ActionCost.read * 5 }
    private static let bodyBytesMaximum = 1 << 20

    let source: any MetricSource
    let door: any Door
    let now: @Sendable () -> Timestamp
    let version: String

    func respond(
        to call: Call,
        _ endpoint: PrometheusEndpoint,
        _ writer: borrowing ResponseWriter
    ) async throws(Problem) -> Answer {
        let crossOrigin = CrossOrigin(door: door)
        if call.method == .options {
            return try crossOrigin.options(call, methods: endpoint.methods + [.options])
        }
        guard endpoint.methods.contains(call.method) else {
            throw .wrongMethod(endpoint.methods + [.options])
        }
        guard crossOrigin.isAllowed(call) || call.method == .get else { throw .originRefused }
        do throws(PrometheusError) {
            let (parameters, principal) = try await admit(call, writer)
            let request = PrometheusRequest(
                source: source,
                parameters: parameters,
                sight: StreamSight(door: door, principal: principal),
                now: now().milliseconds,
                version: version
            )
            return try await request.answer(endpoint)
        } catch {
            return error.answer
        }
    }

    private func admit(
        _ call: Call,
        _ writer: borrowing ResponseWriter
    ) async throws(PrometheusError) -> (PrometheusParameters, Principal) {
        do throws(Problem) {
            let query = try call.query()
            let identified = try await door.identify(
                call,
                guestName: call.fields[.guestName] ?? query["name"],
                cost: Self.cost
            )
            return (
                PrometheusParameters(query: query, form: try await form(call, writer)), identified
            )
        } catch {
            throw PrometheusError(error)
        }
    }

    /// Some clients say that they send JSON and send nothing: that is no form, and no mistake.
    private func form(
        _ call: Call,
        _ writer: borrowing ResponseWriter
    ) async throws(Problem) -> Query {
        let type = call.fields[.contentType]
        guard call.method == .post,
            BodyReader.isType("application/x-www-form-urlencoded", type)
        else { return .empty }
        let bytes = try await BodyReader(maximum: Self.bodyBytesMaximum).bytes(call, writer)
        guard let text = String(validating: bytes, as: UTF8.self), let form = Query(text[...])
        else { throw Problem(.badRequest, .badRequest, "The form can't be read.") }
        return form
    }
}
