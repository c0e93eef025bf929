import Gateway
import Hub
import Reactor

/// What is counted of topics and loops.
extension Instruments {
    /// Counts what topics tell of their turns.
    var topicObserver: TopicObserver {
        TopicObserver { [self] work, time in
            turnTime.observe(time)
            turnCommands.observe(work)
        } queueChanged: { [self] difference in
            topicQueueCommands.add(difference)
        } loadedChanged: { [self] kind, difference in
            topics[kind.rawValue].add(difference)
        }
    }

    /// Times the turns of all loops.
    func observe(_ loops: EventLoopGroup) {
        for loop in loops.loops {
            loop.submit { [self] in loop.observeTurns { self.loopTurnTime.observe($0) } }
        }
    }
}
