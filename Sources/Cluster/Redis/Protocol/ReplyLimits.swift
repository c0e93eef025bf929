/// How much one answer may hold. A server that says more has lost its mind, or is no Redis: the
/// connection ends. (hiredis bounds the depth: seven arrays within each other.)

package struct ReplyLimits: Hashable, Sendable {
    package var bytes: Int
    /// Of all arrays in one answer, together.
    package var elements: Int

    package init(bytes: Int = 256 << 20, elements: Int = 4 << 20) {
        self.bytes = bytes
        self.elements = elements
    }
}
