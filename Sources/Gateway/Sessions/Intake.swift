import Hub
import Reactor

/// The messages of one client of documents, dealt with in their order.
///
/// A client that is too quick is read more slowly, and nothing of it is dropped: it would think
/// that it is stored. One that hears nothing else is told something now and then.
final class Intake {
    private unowned let link: WebSocketLink
    /// Throws when the client is too quick; then nothing was done.
    private let take: ([UInt8]) throws(Rejection) -> Void
    private let sayQuiet: () -> Void
    private var queue: MessageQueue
    private var isReady = false
    private var isThrottled = false
    private var throttle = TimerToken.none
    private var quiet = TimerToken.none

    private var loop: EventLoop { link.connection.loop }

    init(
        _ link: WebSocketLink,
        take: @escaping ([UInt8]) throws(Rejection) -> Void,
        sayQuiet: @escaping () -> Void
    ) {
        self.link = link
        self.take = take
        self.sayQuiet = sayQuiet
        queue = MessageQueue(bytesMaximum: link.settings.documentMessageBytesMaximum)
    }

    /// Called when the session is opened. The first time is spread.
    func scheduleQuiet() {
        scheduleQuiet(after: link.settings.quietInterval * Double.random(in: 0.5...1))
    }

    private func scheduleQuiet(after delay: Duration) {
        quiet = loop.schedule(after: delay) { [unowned self] in
            sayQuiet()
            scheduleQuiet(after: link.settings.quietInterval)
        }
    }

    func receive(_ message: [UInt8]) {
        guard queue.append(message) else { return link.close(.badMessage) }
        work()
    }

    /// From now on messages are taken, and first those that wait.
    func begin() {
        isReady = true
        work()
    }

    /// Takes what waits, until the client turns out to be too quick.
    private func work() {
        while isReady, !isThrottled, link.connection.isOpen, let message = queue.next {
            do throws(Rejection) {
                try take(message)
                queue.removeFirst()
            } catch {
                pause(for: error.retryAfter ?? .milliseconds(100))
            }
        }
    }

    private func pause(for delay: Duration) {
        isThrottled = true
        link.connection.pauseReading()
        throttle = loop.schedule(after: delay) { [unowned self] in
            isThrottled = false
            link.connection.resumeReading()
            work()
        }
    }

    func end() {
        isReady = false
        queue.removeAll()
        loop.cancel(quiet)
        loop.cancel(throttle)
    }
}
