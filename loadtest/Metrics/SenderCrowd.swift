/// Senders of the same moments: none is far ahead of another, as they are none in a real fleet.
final class SenderCrowd {
    private static let lead = 8

    private(set) var senders: [Sender] = []
    var latency = Histogram()

    init(
        _ settings: Ingest.Settings,
        _ messages: WriteMessages,
        startingAt start: Int64,
        _ port: UInt16,
        _ violations: Violations
    ) {
        let share = (settings.series + settings.senders - 1) / settings.senders
        for number in 0..<settings.senders {
            let range = number * share..<min((number + 1) * share, settings.series)
            let wire = Requester(violations: violations)
            let sender = Sender(wire, self, steps: settings.steps, violations) { step in
                messages.request(
                    range,
                    steps: step..<step + 1,
                    startingAt: start,
                    interval: settings.interval,
                    port: port
                )
            }
            senders.append(sender)
        }
    }

    var isDone: Bool { senders.allSatisfy(\.isDone) }

    func begin() { goOn() }

    func goOn() {
        for sender in senders { sender.goOn() }
    }

    func mayBegin(_ step: Int) -> Bool {
        step < (senders.map(\.step).min() ?? 0) + Self.lead
    }
}
