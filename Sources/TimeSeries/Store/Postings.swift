/// Which series have a label: for each name and value the slots of the series, rising.
struct Postings: Sendable {
    /// Most values that are many are of one series each.
    enum Slots: Sendable {
        case one(UInt32)
        case many([UInt32])

        var count: Int {
            switch self {
            case .one: 1
            case .many(let slots): slots.count
            }
        }

        var all: [UInt32] {
            switch self {
            case .one(let slot): [slot]
            case .many(let slots): slots
            }
        }

        mutating func insert(_ slot: UInt32) {
            switch self {
            case .one(let other):
                self = .many(other < slot ? [other, slot] : [slot, other])
            case .many(var slots):
                self = .many([])
                slots.insert(slot, at: Postings.place(of: slot, in: slots))
                self = .many(slots)
            }
        }

        /// False when nothing is left.
        mutating func remove(_ slot: UInt32) -> Bool {
            guard case .many(var slots) = self else { return false }
            self = .many([])
            let place = Postings.place(of: slot, in: slots)
            if place < slots.count, slots[place] == slot { slots.remove(at: place) }
            self = slots.count == 1 ? .one(slots[0]) : .many(slots)
            return true
        }
    }

    private(set) var names: [LabelText: [LabelText: Slots]] = [:]

    mutating func insert(_ slot: UInt32, _ labels: Labels) {
        for (name, value) in labels.all {
            Self.insert(slot, LabelText(value), &names[LabelText(name), default: [:]])
        }
    }

    private static func insert(
        _ slot: UInt32,
        _ value: LabelText,
        _ values: inout [LabelText: Slots]
    ) {
        if values[value]?.insert(slot) == nil { values[value] = .one(slot) }
    }

    mutating func remove(_ slot: UInt32, _ labels: Labels) {
        for (name, value) in labels.all {
            let (name, value) = (LabelText(name), LabelText(value))
            if names[name]?[value]?.remove(slot) == false {
                names[name]?[value] = nil
                if names[name]?.isEmpty == true { names[name] = nil }
            }
        }
    }

    /// Where the slot is, or would be.
    static func place(of slot: UInt32, in slots: [UInt32]) -> Int {
        if let last = slots.last, last < slot { return slots.count }
        var low = 0
        var high = slots.count
        while low < high {
            let middle = (low + high) / 2
            if slots[middle] < slot { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // MARK: Sets of slots, rising

    static func intersection(_ one: [UInt32], _ other: [UInt32]) -> [UInt32] {
        let (few, many) = one.count <= other.count ? (one, other) : (other, one)
        if few.count * 16 < many.count {
            return few.filter {
                let place = Self.place(of: $0, in: many)
                return place < many.count && many[place] == $0
            }
        }
        var both: [UInt32] = []
        both.reserveCapacity(few.count)
        var place = 0
        for slot in few {
            while place < many.count, many[place] < slot { place += 1 }
            if place < many.count, many[place] == slot { both.append(slot) }
        }
        return both
    }

    static func union(_ lists: [Slots]) -> [UInt32] {
        var all: [UInt32] = []
        all.reserveCapacity(lists.reduce(0) { $0 + $1.count })
        for list in lists {
            switch list {
            case .one(let slot): all.append(slot)
            case .many(let slots): all += slots
            }
        }
        // A series has one value of a name, so none is there twice.
        if lists.count > 1 { all.sort() }
        return all
    }

    static func difference(_ one: [UInt32], _ other: [UInt32]) -> [UInt32] {
        if other.isEmpty { return one }
        var place = 0
        return one.filter { slot in
            while place < other.count, other[place] < slot { place += 1 }
            return place == other.count || other[place] != slot
        }
    }
}
