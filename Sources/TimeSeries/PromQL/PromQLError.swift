/// Why a query has no answer, worded as Prometheus words it.
package struct PromQLError: Error, Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable {
        /// The text is no query, or no query for this kind of request.
        case badData = "bad_data"
        /// The query is sound, but the data at hand can't answer it, or would cost too much.
        case execution
        /// Whoever asked no longer waits.
        case timeout
    }

    package let kind: Kind
    /// For text that does not parse, it begins with line and column: `1:5: parse error: …`.
    package let message: String
    /// Which parameter of the request is wrong, where it is one alone.
    package let parameter: String?

    package init(_ kind: Kind, _ message: String, parameter: String? = nil) {
        self.kind = kind
        self.message = message
        self.parameter = parameter
    }

    /// As the HTTP API has it in `error`.
    package var description: String {
        parameter.map { "invalid parameter \"\($0)\": \(message)" } ?? message
    }

    static func query(_ message: String) -> PromQLError {
        PromQLError(.badData, message, parameter: "query")
    }

    static func execution(_ message: String) -> PromQLError { PromQLError(.execution, message) }
}

extension PromQLError: CustomStringConvertible {}
