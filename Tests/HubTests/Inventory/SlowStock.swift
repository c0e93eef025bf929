@testable import Hub

/// An item's stock as one would explain it: a list of holds that is walked over for every question.
struct SlowStock {
    enum State { case open, sold, released }

    struct SlowHold {
        let id: RecordID
        let holder: Holder
        var quantity: Int64
        var end: Int64
        var state = State.open
    }

    var received: Int64 = 0
    var adjusted: Int64 = 0
    var sold: Int64 = 0
    var holds: [SlowHold] = []
    /// The latest time at which something happened.
    var clock: Int64 = 0

    var onHand: Int64 { received + adjusted - sold }

    func isActive(_ hold: SlowHold, at time: Int64) -> Bool {
        hold.state == .open && hold.end > max(time, clock)
    }

    func reserved(at time: Int64) -> Int64 {
        holds.filter { isActive($0, at: time) }.reduce(0) { $0 + $1.quantity }
    }

    func available(at time: Int64) -> Int64 { onHand - reserved(at: time) }

    func isOpen(_ hold: SlowHold, to user: String, isStaff: Bool) -> Bool {
        isStaff || (!hold.holder.isNamed && hold.holder.name == user)
    }

    /// Nil when it is done, else why not. `id` is the one that a new hold gets.
    mutating func take(
        _ command: StockCommand,
        by user: String,
        isStaff: Bool,
        at time: Int64,
        id: RecordID
    ) -> RejectionCode? {
        let now = max(time, clock)
        var next = self
        let refusal = next.act(command, user, isStaff, now, id)
        if refusal == nil { self = next }
        return refusal
    }

    private mutating func act(
        _ command: StockCommand,
        _ user: String,
        _ isStaff: Bool,
        _ now: Int64,
        _ id: RecordID
    ) -> RejectionCode? {
        switch command {
        case .receive(let quantity, _):
            guard isStaff else { return .forbidden }
            received += quantity
        case .adjust(let delta, _):
            guard isStaff else { return .forbidden }
            guard available(at: now) + delta >= 0 else { return .insufficientStock }
            adjusted += delta
        case .reserve(let quantity, let ttl, let named):
            guard named == nil || isStaff else { return .forbidden }
            let holder = Holder(name: named ?? user, isNamed: named != nil)
            let own = holds.firstIndex { $0.holder == holder && isActive($0, at: now) }
            let free = available(at: now) + (own.map { holds[$0].quantity } ?? 0)
            guard quantity <= free else { return .insufficientStock }
            let end = now + ttl * 1000
            if let own {
                holds[own].quantity = quantity
                holds[own].end = max(holds[own].end, end)
            } else {
                holds.append(SlowHold(id: id, holder: holder, quantity: quantity, end: end))
            }
        case .extend(let hold, let ttl):
            guard let place = find(hold, user, isStaff), isActive(holds[place], at: now) else {
                return .notFound
            }
            holds[place].end = max(holds[place].end, now + ttl * 1000)
        case .commit(let hold, _):
            guard let place = find(hold, user, isStaff), holds[place].state != .released else {
                return .notFound
            }
            guard holds[place].state == .open else { return nil }
            if !isActive(holds[place], at: now), available(at: now) < holds[place].quantity {
                return .conflict
            }
            holds[place].state = .sold
            sold += holds[place].quantity
        case .release(let hold, _):
            guard let place = find(hold, user, isStaff), holds[place].state != .sold else {
                return .notFound
            }
            if isActive(holds[place], at: now) { holds[place].state = .released }
        case .expire, .stock, .access, .holds, .setThreshold: break
        }
        return nil
    }

    private func find(_ id: RecordID, _ user: String, _ isStaff: Bool) -> Int? {
        holds.firstIndex { $0.id == id && isOpen($0, to: user, isStaff: isStaff) }
    }
}
