/// One per node: looks again and again for what is due and has it done. Nothing depends on when,
/// and in a cluster not on where: there one node does it for all.
package actor Sweeper {
    /// Does what is due, up to so much at once; answers how much it was.
    package typealias Work = @Sendable (_ limit: Int) async throws(JournalError) -> Int

    /// At once, so that a storm of what is due at one time leaves room for what clients ask.
    private static let limit = 256
    /// Of one kind of work before the next kind has its turn.
    private static let roundsMaximum = 16

    private let period: Duration
    private let works: [Work]
    private let isEntitled: @Sendable () async -> Bool

    /// - Parameter isEntitled: Whether it is this node's turn.
    package init(
        every period: Duration = .seconds(1),
        _ works: [Work],
        isEntitled: @escaping @Sendable () async -> Bool = { true }
    ) {
        self.period = period
        self.isEntitled = isEntitled
        self.works = works
    }

    /// Until the task is cancelled.
    package func run() async {
        while (try? await Task.sleep(for: period)) != nil { await sweep() }
    }

    /// Once over all kinds of work. What fails is due again the next time.
    package func sweep() async {
        for work in works {
            for _ in 0..<Self.roundsMaximum {
                guard await isEntitled() else { return }
                guard let done = try? await work(Self.limit), done >= Self.limit else { break }
            }
        }
    }
}
