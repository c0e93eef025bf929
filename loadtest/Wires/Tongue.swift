import WebSocket

/// How one kind of server is spoken to over WebSocket. One object serves all connections of a run.
protocol Tongue: AnyObject {
    var opcode: Opcode { get }
    /// What a connection's request asks for.
    func target(of number: Int, room: Int, isPublisher: Bool) -> String
    /// What a connection that wants the room's messages says first. nil: its request said it all,
    /// and it counts as joined once it is open.
    func join(room: Int, since: String?) -> [UInt8]?
    /// What a connection that only posts says first.
    var introduction: [UInt8]? { get }
    func post(_ content: [UInt8], to room: Int, id: Int) -> [UInt8]
    func read(_ text: Span<UInt8>, _ hear: (Heard) -> Void)
}
