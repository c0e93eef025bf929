import HTTPTypes
import Hub
import NIOCore
import TimeSeries

/// A refusal in Prometheus' own shape (prometheus/docs, querying/api.md, Format overview).
struct PrometheusError: Error {
    let status: HTTPResponse.Status
    let type: String
    let message: String
    let retryAfterSeconds: Int64?

    private init(
        _ status: HTTPResponse.Status,
        _ type: String,
        _ message: String,
        retryAfterSeconds: Int64? = nil
    ) {
        self.status = status
        self.type = type
        self.message = message
        self.retryAfterSeconds = retryAfterSeconds
    }

    static func badData(_ message: String) -> PrometheusError {
        PrometheusError(.badRequest, "bad_data", message)
    }

    static let notFound = PrometheusError(.notFound, "not_found", "no such endpoint")

    init(_ error: PromQLError) {
        let status: HTTPResponse.Status =
            switch error.kind {
            case .badData: .badRequest
            case .execution: .unprocessableContent
            case .timeout: .serviceUnavailable
            }
        self.init(status, error.kind.rawValue, error.description)
    }

    init(_ rejection: Rejection) {
        let type =
            switch rejection.status.code {
            case 400: "bad_data"
            case 401: "unauthorized"
            case 403: "forbidden"
            case 404: "not_found"
            case 422: "execution"
            case 500: "internal"
            default: "unavailable"
            }
        self.init(
            rejection.status,
            type,
            rejection.message,
            retryAfterSeconds: rejection.retryAfterSeconds
        )
    }

    init(_ problem: Problem) {
        let known = PrometheusError(problem.rejection)
        self.init(
            problem.status,
            known.type,
            known.message,
            retryAfterSeconds: known.retryAfterSeconds
        )
    }

    var answer: Answer {
        var answer = Answer.json(
            ["status": "error", "errorType": .string(type), "error": .string(message)],
            status: status
        )
        if let retryAfterSeconds { answer.fields[.retryAfter] = String(retryAfterSeconds) }
        return answer
    }
}
