import NIOCore

/// Where an HTTP connection stands: what was asked, what was answered, and what is waited for.
///
/// Pure: times come in. Requests may be pipelined, so heads and responses are counted.
struct ConnectionProgress {
    /// What a connection waits for, and what happens when the wait is over.
    enum Wait: Equatable {
        /// Nothing was asked: the connection is closed without a word.
        case request
        /// A head has begun: 408.
        case head
        /// A head was read and its body isn't complete: 408.
        case body
        /// The hub works on the response: no limit here.
        case response
        /// The client takes nothing of a response: closed.
        case writing
        /// The last response is out and the client has not closed yet: closed.
        case farewell
    }

    private(set) var headCount: UInt64 = 0
    private(set) var endCount: UInt64 = 0
    private(set) var responseCount: UInt64 = 0
    private var hasHeadBytes = false
    private var isWritable = true
    private var isParting = false
    private var since: NIODeadline

    init(at now: NIODeadline) {
        since = now
    }

    /// The request being answered has come in whole, or there is none.
    var hasWholeRequest: Bool { endCount > responseCount || headCount == responseCount }

    var isAnswering: Bool { headCount > responseCount }

    /// True between messages, where the next byte begins a head.
    var isBetweenRequests: Bool { headCount == endCount }

    var wait: Wait {
        if isParting { return .farewell }
        if !isWritable { return .writing }
        if isAnswering { return hasWholeRequest ? .response : .body }
        return hasHeadBytes ? .head : .request
    }

    /// When the present wait began.
    var waitingSince: NIODeadline { since }

    /// Bytes came; they begin a head if the last message was complete.
    mutating func bytesArrived(at now: NIODeadline) {
        guard isBetweenRequests, !hasHeadBytes else { return }
        hasHeadBytes = true
        if !isAnswering { since = now }
    }

    mutating func headArrived(at now: NIODeadline) {
        headCount += 1
        hasHeadBytes = false
        since = now
    }

    mutating func requestEnded(at now: NIODeadline) {
        endCount += 1
        since = now
    }

    mutating func responded(at now: NIODeadline) {
        precondition(isAnswering, "A response without a request.")
        responseCount += 1
        since = now
    }

    mutating func writabilityChanged(_ writable: Bool, at now: NIODeadline) {
        guard isWritable != writable else { return }
        isWritable = writable
        since = now
    }

    mutating func parted(at now: NIODeadline) {
        isParting = true
        since = now
    }
}

extension HTTPLimits {
    /// How long a connection may wait for that; nil for as long as it takes.
    func timeout(of wait: ConnectionProgress.Wait) -> Duration? {
        switch wait {
        case .request: idleTimeout
        case .head: headTimeout
        case .body: bodyTimeout
        case .response: nil
        case .writing: stallTimeout
        case .farewell: lingerTimeout
        }
    }
}
