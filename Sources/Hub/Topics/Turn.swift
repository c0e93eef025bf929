/// One turn of a topic, from the first decision to the journal's answer.

extension Topic {
    /// What a topic does at once: some of the work that waited, what was decided of it, and its way
    /// to the journal.
    struct Turn {
        typealias Storing = Task<Result<[Record], JournalError>, Never>

        /// One command's part.
        struct Decided {
            let ask: Ask
            let ticket: Ticket
            var decision: Decision<L.Happening>
            /// Which of the turn's drafts are this command's.
            let drafts: Range<Int>
        }

        struct Refused {
            let ask: Ask
            let ticket: Ticket
            let rejection: Rejection
        }

        let work: [Work]
        let start: ContinuousClock.Instant
        var decided: [Decided] = []
        var refused: [Refused] = []
        var drafts: [Draft] = []
        var answers = Answers()
        /// What those who watch are to be shown of it.
        var news: [Ephemeral] = []
        /// The head that the append expects, where an earlier turn is being stored.
        var expected: Offset?
        /// Nil when there is nothing to store.
        var storing: Storing?
    }
}
