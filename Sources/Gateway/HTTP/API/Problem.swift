import HTTPTypes
import Hub

/// A request refused: a rejection, with the status and fields that HTTP has for it.
struct Problem: Error {
    let rejection: Rejection
    let status: HTTPResponse.Status
    var fields: [HTTPField] = []

    init(_ rejection: Rejection) {
        self.rejection = rejection
        status = rejection.status
        if let position = rejection.position?.description {
            fields.append(HTTPField(name: .eTag, value: EntityTag.make(position: position)))
        }
    }

    /// For what HTTP tells apart and the catalogue doesn't.
    init(_ status: HTTPResponse.Status, _ code: RejectionCode, _ message: String) {
        rejection = Rejection(code, message)
        self.status = status
    }

    static let notFound = Problem(.notFound, .notFound, "There is nothing at this path.")
    static let badTarget = Problem(.badRequest, .badRequest, "The request's target is malformed.")
    static let targetTooLong = Problem(.uriTooLong, .tooLarge, "The request's target is too long.")
    static let originRefused = Problem(
        .forbidden,
        .forbidden,
        "Pages of this origin may not use the API."
    )
    static let hostRefused = Problem(
        .forbidden,
        .forbidden,
        "A hub without keys answers under names of its own machine only."
    )
    static let wrongType = Problem(
        .unsupportedMediaType,
        .badRequest,
        "Writes take application/json."
    )

    static func wrongType(_ message: String) -> Problem {
        Problem(.unsupportedMediaType, .badRequest, message)
    }

    static func bodyTooLarge(_ maximum: Int) -> Problem {
        var problem = Problem(
            .contentTooLarge,
            .tooLarge,
            "The body is over the cap of \(maximum) bytes."
        )
        problem.fields.append(HTTPField(name: .connection, value: "close"))
        return problem
    }

    static func wrongMethod(_ allowed: [HTTPRequest.Method]) -> Problem {
        var problem = Problem(
            .methodNotAllowed,
            .unknownAction,
            "That method has no meaning here; see Allow."
        )
        let names = allowed.map(\.rawValue).joined(separator: ", ")
        problem.fields.append(HTTPField(name: .allow, value: names))
        return problem
    }
}
