/// The bounds and periods of a WebSocket.
package struct LinkSettings: Sendable {
    /// Of a message, after decompression. Larger ones close with 1009.
    package var messageBytesMaximum = 256 << 10
    /// Of a message about a document: a client that was away may bring much at once.
    package var documentMessageBytesMaximum = 8 << 20
    /// Between messages for clients that hang up when they hear nothing for 30 seconds.
    package var quietInterval: Duration = .seconds(20)
    /// How long a document's client may take to say who it is.
    package var authTimeout: Duration = .seconds(10)
    /// Between the server's pings.
    package var pingInterval: Duration = .seconds(25)
    /// A reader that takes nothing for this long is disconnected.
    package var stallTimeout: Duration = .seconds(60)
    /// How long a close may take.
    package var closeTimeout: Duration = .seconds(5)
    /// Queued bytes past which a topic's frames give way to a cursor in its log.
    package var lagBytes = 1 << 20
    /// Topics that a connection may join.
    package var topicsMaximum = 128
    /// Commands of a batch.
    package var batchMaximum = 256
    /// Commands of a connection that may be under way; more are refused as busy.
    package var pendingMaximum = 1024
    /// Malformed commands in a row before the connection is ended.
    package var errorsMaximum = 100
    /// Records of a page of catch-up.
    package var pageMaximum = 256
    /// Broadcasts below this size are not worth compressing.
    package var compressedBytesMinimum = 128

    package init() {}
}
