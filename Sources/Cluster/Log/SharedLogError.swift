/// Why the log has no answer.
package enum SharedLogError: Error, Sendable, Hashable {
    /// It can't be reached; nothing was done.
    case unavailable(String)
    /// It may have done what it was asked.
    case uncertain(String)
}
