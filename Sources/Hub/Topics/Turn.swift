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
            /// How many of its ephemeral events the other nodes have to be told.
            let told: Int
            /// Which of the turn's drafts are this command's.
            let drafts: Range<Int>
            /// Where it is in the turn's work.
            let place: Int
        }

        struct Refused {
            let ask: Ask
            let ticket: Ticket
            let rejection: Rejection
        }

        /// How far what is decided rests on all that the log has.
        enum Knowledge {
            /// On all of it: nobody else writes, or the node has asked since it was submitted.
            case complete
            /// On what the node was told.
            case asTold
            /// The same, and the log can't be asked.
            case cutOff
        }

        var work: [Work]
        let start: ContinuousClock.Instant
        var decided: [Decided] = []
        var refused: [Refused] = []
        var drafts: [Draft] = []
        /// Commands with a key that another one of the turn has, and the draft that answers both.
        var repeats: [(ask: Ask, ticket: Ticket, draft: Int, place: Int)] = []
        /// The first draft of each key.
        var places: [RecentKeys.Name: Int] = [:]
        var answers = Answers()
        /// What those who watch are to be shown of it.
        var news: [Ephemeral] = []
        /// The head that the append expects, where an earlier turn is being stored.
        var expected: Offset?
        /// How often the topic had been told by then that its log is another.
        var reloads = 0
        /// The state before it, where other nodes may be first.
        var before: L?
        /// Whether its order against what other nodes store makes no difference.
        var commutes = true
        var knowledge = Knowledge.complete
        /// The first of its work that this node may be too far behind to decide.
        var doubt: Int?
        /// Only where the next turn overlaps it.
        var storing: Storing?

        /// The draft of a command with the same key. Only where order decides: elsewhere the
        /// journal finds it out, and nothing rests on what a repeat has not done.
        func draft(of ask: Ask) -> Int? {
            guard L.isOrdered, let key = ask.key else { return nil }
            return places[RecentKeys.Name(author: ask.principal.user, key: key)]
        }

        mutating func note(doubtAt place: Int) {
            if doubt == nil { doubt = place }
        }

        mutating func remember(_ ask: Ask, at place: Int) {
            guard L.isOrdered, let key = ask.key else { return }
            places[RecentKeys.Name(author: ask.principal.user, key: key)] = place
        }
    }
}
