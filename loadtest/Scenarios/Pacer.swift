/// Posts at a steady rate, whatever the server does: the publishers take turns, and each post is
/// stamped with the time when it was due, so that a wait anywhere is counted.
final class Pacer {
    private let publishers: [Member]
    private let interval: Double
    private let contentBytes: Int
    private var sequences: [UInt32]
    private var start: Int64 = 0
    private var postedSinceStart = 0
    private(set) var posted = 0
    private(set) var postedByRoom: [Int: Int] = [:]

    init(_ publishers: [Member], perSecond rate: Int, contentBytes: Int) {
        self.publishers = publishers
        self.contentBytes = contentBytes
        interval = 1e9 / Double(rate)
        sequences = Array(repeating: 0, count: publishers.count)
    }

    func begin() {
        start = Clock.now()
        postedSinceStart = 0
    }

    func postDue() {
        let now = Clock.now()
        while true {
            let due = start + Int64(Double(postedSinceStart) * interval)
            guard due <= now else { return }
            let index = posted % publishers.count
            let publisher = publishers[index]
            sequences[index] += 1
            posted += 1
            postedSinceStart += 1
            postedByRoom[publisher.room, default: 0] += 1
            let stamp = Stamp(
                publisher: UInt32(publisher.number),
                sequence: sequences[index],
                nanoseconds: due
            )
            publisher.post(stamp.content(byteCount: contentBytes), id: Int(sequences[index]))
        }
    }
}

extension LoopActor {
    /// Posts for a time, looking about every millisecond what is due.
    func post(_ pacer: Pacer, for duration: Duration) async {
        let end = Clock.now() + Clock.nanoseconds(duration)
        pacer.begin()
        while Clock.now() < end {
            pacer.postDue()
            try? await Task.sleep(for: .milliseconds(1))
        }
    }
}
