/// Who hears what comes over a wire. Everything is called on the loop.
protocol WireListener: AnyObject {
    func wireOpened(_ wire: Wire)
    /// A message; the bytes are valid during the call. `now` is when its bytes were read.
    func wire(_ wire: Wire, received text: Span<UInt8>, at now: Int64)
    /// The server refused, closed, or broke the protocol; `wireEnded` follows.
    func wire(_ wire: Wire, failed explanation: String)
    func wireEnded(_ wire: Wire, _ reason: String)
}
