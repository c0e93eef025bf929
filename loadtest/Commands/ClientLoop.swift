import Reactor

/// The client's one event loop, on a thread of its own.
///
/// One, because a client that takes more of the machine than the server measures itself; what it
/// uses stands beside what the server uses in every report.
struct ClientLoop: Sendable {
    private let group = EventLoopGroup(loops: 1)

    var loop: EventLoop { group[0] }

    init() {
        group.start()
    }

    func stop() {
        group.stop()
        group.join()
    }
}
