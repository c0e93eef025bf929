/// A connection that spoke HTTP and then asked for a WebSocket: the reactor takes it from here.
package struct ReturnedSocket: Sendable {
    /// The head of the request that asks for the upgrade, already taken off the socket.
    package struct Head: Sendable {
        package var method: String
        package var target: String
        /// In the order in which they came, names as the client wrote them.
        package var headers: [(String, String)]

        package init(method: String, target: String, headers: [(String, String)]) {
            self.method = method
            self.target = target
            self.headers = headers
        }
    }

    /// Non-blocking, connected; whoever receives this owns it.
    package var descriptor: Int32
    package var head: Head
    /// What came behind the head and was taken off the socket with it.
    package var early: [UInt8]
    package var client: ClientAddress
    /// Its place under the connection caps goes on.
    package var place: ConnectionPlace?

    package init(
        descriptor: Int32,
        head: Head,
        early: [UInt8] = [],
        client: ClientAddress,
        place: ConnectionPlace? = nil
    ) {
        self.descriptor = descriptor
        self.head = head
        self.early = early
        self.client = client
        self.place = place
    }
}
