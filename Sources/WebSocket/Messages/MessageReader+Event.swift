/// The events of a reader.
extension MessageReader {
    /// What came in. The bytes belong to the reader or to the buffer it reads: they are valid
    /// during the call, and whoever wants to keep them copies them.
    package enum Event: ~Escapable {
        /// A whole message. Its bytes are UTF-8, that is checked.
        case text(Span<UInt8>)
        /// A whole message.
        case binary(Span<UInt8>)
        /// To be answered with a pong of the same bytes.
        case ping(Span<UInt8>)
        case pong(Span<UInt8>)
        /// The last event: to be answered with a close frame, unless one was sent already.
        case close(CloseStatus)
    }
}
