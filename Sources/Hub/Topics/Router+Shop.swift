import Synchronization

/// Carts and orders: what concerns several of the shop's topics.
extension Router {
    /// True for what is not one command of one topic.
    static func isShopping(_ ask: Ask) -> Bool {
        OrderReader.answers(ask.action) || Checkout.answers(ask.action, on: ask.topic)
            || CartReader.answers(ask.action, on: ask.topic)
    }

    /// What the hub asks of carts and orders; clients can't.
    static func isStep(_ ask: Ask) -> Bool {
        switch ask.topic?.kind {
        case .cart: CartCommand.internalActions.contains(ask.action)
        case .order: OrderCommand.internalActions.contains(ask.action)
        default: false
        }
    }

    /// Nil for what is none of the shop's.
    func shop(_ ask: Ask) async throws(Rejection) -> JSON? {
        if OrderReader.answers(ask.action) {
            return try await OrderReader(archive: orders).answer(ask)
        }
        if Checkout.answers(ask.action, on: ask.topic) { return try await checkout.answer(ask) }
        if CartReader.answers(ask.action, on: ask.topic) {
            return try await CartReader { [self] in await answers(to: $0) }.answer(ask)
        }
        return nil
    }

    /// Goes on with orders that broke off, and ends those that were not paid in time. What can't be
    /// done now is due again the next time.
    package func resumeOrders(limit: Int = 256) async throws(JournalError) -> Int {
        let due = try await orders.dueOrders(at: surroundings.now(), limit: limit)
        let checkout = checkout
        await withDiscardingTaskGroup { group in
            for order in due {
                group.addTask { try? await checkout.resume(order) }
            }
        }
        return due.count
    }

    private var checkout: Checkout {
        Checkout(desk: checkouts, now: surroundings.now) { [self] asks in
            await answers(to: asks)
        } recall: { [self] key, author, topic throws(Rejection) in
            do throws(JournalError) {
                return try await journal.record(withKey: key, by: author, in: topic)
            } catch {
                throw .unavailable
            }
        } catchUp: { [self] topic throws(Rejection) in
            try await catchUp(with: topic)
        }
    }

    /// Gives each ask to its topic at once, and waits once for all answers.
    private func answers(to asks: [Ask]) async -> [Result<JSON, Rejection>] {
        guard !asks.isEmpty else { return [] }
        let gathering = Gathering(count: asks.count)
        return await withCheckedContinuation { continuation in
            gathering.start(continuation)
            for (index, ask) in asks.enumerated() {
                guard let topic = ask.topic else {
                    preconditionFailure("What the hub asks, it asks of topics.")
                }
                self.topic(topic).submit(ask, .caller { gathering.take($0, at: index) })
            }
        }
    }
}

/// Answers that are waited for together.
private final class Gathering: Sendable {
    typealias Answer = Result<JSON, Rejection>

    private struct State {
        var answers: [Answer?]
        var missing: Int
        var waiting: CheckedContinuation<[Answer], Never>?
    }

    private let state: Mutex<State>

    init(count: Int) {
        state = Mutex(State(answers: Array(repeating: nil, count: count), missing: count))
    }

    func start(_ continuation: CheckedContinuation<[Answer], Never>) {
        state.withLock { $0.waiting = continuation }
    }

    func take(_ answer: Answer, at index: Int) {
        let ended: (CheckedContinuation<[Answer], Never>, [Answer])? = state.withLock { state in
            state.answers[index] = answer
            state.missing -= 1
            guard state.missing == 0, let waiting = state.waiting else { return nil }
            return (waiting, state.answers.compactMap(\.self))
        }
        if let (waiting, answers) = ended { waiting.resume(returning: answers) }
    }
}
