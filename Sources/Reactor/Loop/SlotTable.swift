/// What epoll's events refer to. An event carries a place in this table and the generation that
/// the place had, never a pointer: an event that arrives late for a place used again finds nothing.

/// Whatever a loop waits for.
protocol EventSource: AnyObject {
    func ready(_ events: UInt32)
    /// The loop ends, and everything on it.
    func loopStops()
}

struct SlotTable {
    private struct Slot {
        var source: (any EventSource)?
        var generation: UInt32 = 0
        var nextFree: Int32 = -1
    }

    private var slots: ContiguousArray<Slot> = []
    private var firstFree: Int32 = -1
    private(set) var count = 0

    /// The token of the loop's own wake-up, which no slot ever has.
    static var wakeUpToken: UInt64 { .max }

    mutating func insert(_ source: any EventSource) -> UInt64 {
        count += 1
        guard firstFree >= 0 else {
            slots.append(Slot(source: source))
            return UInt64(slots.count - 1)
        }
        let index = Int(firstFree)
        firstFree = slots[index].nextFree
        slots[index].source = source
        return UInt64(slots[index].generation) << 32 | UInt64(index)
    }

    mutating func remove(_ token: UInt64) {
        guard self[token] != nil else { return }
        let index = Int(UInt32(truncatingIfNeeded: token))
        slots[index].source = nil
        // One generation short of all ones, so that no token equals the wake-up's.
        slots[index].generation = (slots[index].generation &+ 1) & 0x7fff_ffff
        slots[index].nextFree = firstFree
        firstFree = Int32(index)
        count -= 1
    }

    subscript(token: UInt64) -> (any EventSource)? {
        let index = Int(UInt32(truncatingIfNeeded: token))
        guard index < slots.count, slots[index].generation == UInt32(token >> 32) else {
            return nil
        }
        return slots[index].source
    }

    var sources: [any EventSource] {
        slots.compactMap(\.source)
    }
}
