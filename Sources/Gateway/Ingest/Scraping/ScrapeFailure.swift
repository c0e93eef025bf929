/// Why a scrape brought nothing.
package enum ScrapeFailure: Error, Sendable, Hashable {
    case unreachable(String)
    case status(Int)
    case tooLarge
    case tooManySeries
    case malformed(String)
    /// The hub itself could not take the samples.
    case refused(String)
}

extension ScrapeFailure: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreachable(let reason): "the target can't be reached: \(reason)"
        case .status(let code): "the target answered \(code)"
        case .tooLarge: "the target's answer is too large"
        case .tooManySeries: "the target has too many series"
        case .malformed(let reason): "the target's answer is malformed: \(reason)"
        case .refused(let reason): "the samples were not taken: \(reason)"
        }
    }
}
