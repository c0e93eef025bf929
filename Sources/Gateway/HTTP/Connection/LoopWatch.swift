import NIOCore

/// The HTTP connections of one event loop and its clock: one timer looks after them all.
///
/// Lives on its loop.
final class LoopWatch {
    private var guards: [ObjectIdentifier: ConnectionGuard] = [:]
    private let interval: TimeAmount
    private var isRunning = false
    /// The `Date` header of now.
    private(set) var date = HTTPDate.text(secondsSince1970: HTTPDate.now())
    private(set) var isDraining = false

    init(interval: Duration) {
        self.interval = TimeAmount(interval)
    }

    var count: Int { guards.count }

    func add(_ connection: ConnectionGuard, on loop: any EventLoop) {
        guards[ObjectIdentifier(connection)] = connection
        guard !isRunning else { return }
        isRunning = true
        date = HTTPDate.text(secondsSince1970: HTTPDate.now())
        schedule(on: loop)
    }

    func remove(_ connection: ConnectionGuard) {
        guards[ObjectIdentifier(connection)] = nil
    }

    /// Closes what is idle, and lets every other connection close after its next response.
    func drain() {
        isDraining = true
        for connection in Array(guards.values) { connection.drain() }
    }

    func closeAll() {
        for connection in Array(guards.values) { connection.abandon() }
    }

    private func schedule(on loop: any EventLoop) {
        loop.assumeIsolated().scheduleTask(in: interval) {
            // Without connections there is no timer either.
            guard !self.guards.isEmpty else {
                self.isRunning = false
                return
            }
            self.sweep()
            self.schedule(on: loop)
        }
    }

    private func sweep() {
        date = HTTPDate.text(secondsSince1970: HTTPDate.now())
        let now = NIODeadline.now()
        for connection in Array(guards.values) { connection.check(at: now) }
    }
}
