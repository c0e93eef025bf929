import NIOCore

/// One event loop of the HTTP plane with what lives on it.
struct HTTPLane: Sendable {
    let loop: any EventLoop
    let executor: LoopExecutor
    private let box: NIOLoopBoundBox<LoopWatch>

    init(_ loop: any EventLoop, interval: Duration) {
        self.loop = loop
        executor = LoopExecutor(loop)
        box = NIOLoopBoundBox.makeBoxSendingValue(LoopWatch(interval: interval), eventLoop: loop)
    }

    /// Only on the loop.
    var watch: LoopWatch { box.value }

    /// Lets the loop's connections end, and ends those that are still there after `grace`.
    func drain(grace: Duration) {
        loop.execute {
            watch.drain()
            loop.scheduleTask(in: TimeAmount(grace)) { watch.closeAll() }
        }
    }
}
