import Cluster
import Gateway
import Hub
import Reactor

/// What a hub does from time to time: forgets idle topics, reads keys again, ends revoked sessions.
final class Upkeep: Sendable {
    private static let interval: Duration = .seconds(5)

    private let router: Router
    private let admission: Admission
    private let sweeper: Sweeper
    private let metering: Metering
    private let loops: EventLoopGroup
    private weak let entrance: Entrance?
    private let observer: Int
    private let work = EndableWork()

    init(
        router: Router,
        admission: Admission,
        entrance: Entrance,
        loops: EventLoopGroup,
        metering: Metering,
        link: ClusterLink?
    ) {
        self.router = router
        self.admission = admission
        self.metering = metering
        sweeper = Sweeper([router.expireHolds(limit:), router.resumeOrders(limit:)]) {
            await link?.sweeping.hold() ?? true
        }
        self.loops = loops
        self.entrance = entrance
        observer = admission.observe { [weak entrance] change in
            switch change {
            case .revoked(let revocation): entrance?.revoke { revocation.covers($0) }
            }
        }
    }

    /// Until `stop` is called or the task is cancelled.
    func run() async {
        await work.run {
            await withDiscardingTaskGroup { group in
                group.addTask { await self.admission.keepKeysFresh() }
                group.addTask { await self.retireTopics() }
                group.addTask { await self.sweeper.run() }
                group.addTask { await self.metering.run() }
            }
        }
    }

    func stop() {
        admission.removeObserver(observer)
        work.end()
    }

    /// Waits for the last commands of its own to be answered.
    func ended() async {
        await work.ended()
    }

    private func retireTopics() async {
        while (try? await Task.sleep(for: Self.interval)) != nil {
            for loop in loops.loops {
                loop.submit { [router] in router.retireIdle(on: loop) }
            }
            entrance?.sample()
        }
    }
}
