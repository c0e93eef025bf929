/// A hierarchical timing wheel: six levels of 64 slots, each level 64 times coarser than the one
/// below. Scheduling and cancelling take constant time, a timer moves at most five times, and empty
/// stretches are jumped over. Time is counted in ticks; what a tick is, the loop decides.
///
/// Timers stand in doubly linked lists threaded through one array, so the wheel allocates only
/// when more timers are pending than ever before.

struct TimerWheel<Payload> {
    private struct Node {
        var payload: Payload?
        var deadline: UInt64
        var next: Int32
        var previous: Int32
        /// The list that the node stands in: a slot of the wheel, the due list, or the free list.
        var list: Int32
        var generation: UInt32
    }

    private static var levels: Int { 6 }
    private static var slots: Int { 64 }
    private static var dueList: Int32 { Int32(levels * slots) }
    private static var freeList: Int32 { -1 }
    /// The last tick of the wheel: at 10 ms a tick, 21 years.
    private static var lastTick: UInt64 { 1 << UInt64(6 * levels) - 1 }

    private var nodes: ContiguousArray<Node> = []
    private var freeHead: Int32 = -1
    private var heads: ContiguousArray<Int32>
    private var tails: ContiguousArray<Int32>
    /// A bit for each slot of a level that holds a timer.
    private var occupied: ContiguousArray<UInt64>

    /// The tick up to which timers have been taken.
    private(set) var elapsed: UInt64 = 0
    /// How many timers wait.
    private(set) var count = 0

    init() {
        heads = ContiguousArray(repeating: -1, count: Self.levels * Self.slots + 1)
        tails = heads
        occupied = ContiguousArray(repeating: 0, count: Self.levels)
    }

    /// Waits for `tick`; one that has passed already is due at the next advance.
    mutating func schedule(at tick: UInt64, _ payload: Payload) -> TimerToken {
        let index = takeNode()
        nodes[Int(index)].payload = payload
        nodes[Int(index)].deadline = min(max(tick, elapsed + 1), Self.lastTick)
        count += 1
        place(index)
        return TimerToken(index: index, generation: nodes[Int(index)].generation)
    }

    /// The payload of a timer that will now not fire, or nil when the token names none.
    @discardableResult
    mutating func cancel(_ token: TimerToken) -> Payload? {
        guard token.index >= 0, Int(token.index) < nodes.count else { return nil }
        let node = nodes[Int(token.index)]
        guard node.generation == token.generation, node.list != Self.freeList else { return nil }
        unlink(token.index)
        return release(token.index)
    }

    /// Makes every timer with a deadline up to `tick` due.
    mutating func advance(to tick: UInt64) {
        let target = min(tick, Self.lastTick)
        while let next = nextStop, next.tick <= target {
            elapsed = next.tick
            empty(level: next.level, slot: next.slot)
        }
        elapsed = max(elapsed, target)
    }

    /// The next due timer's payload. What is scheduled meanwhile waits for the next advance.
    mutating func takeDue() -> Payload? {
        let index = heads[Int(Self.dueList)]
        guard index >= 0 else { return nil }
        unlink(index)
        return release(index)
    }

    /// A tick before which no timer is due, and at which it is worth looking again.
    var nextTick: UInt64? {
        if heads[Int(Self.dueList)] >= 0 { return elapsed }
        return nextStop?.tick
    }

    /// The first occupied slot. All timers of a level come before those of the level above, because
    /// a timer stands at the level of the highest digit in which its deadline differs from now.
    private var nextStop: (tick: UInt64, level: Int, slot: Int)? {
        for level in 0..<Self.levels where occupied[level] != 0 {
            let slot = occupied[level].trailingZeroBitCount
            let shift = UInt64(6 * level)
            let start = (elapsed >> (shift + 6)) << (shift + 6) | UInt64(slot) << shift
            return (start, level, slot)
        }
        return nil
    }

    /// Moves the timers of a slot to where they belong now that its time has come.
    private mutating func empty(level: Int, slot: Int) {
        let list = level * Self.slots + slot
        while heads[list] >= 0 {
            let index = heads[list]
            unlink(index)
            place(index)
        }
    }

    private mutating func place(_ index: Int32) {
        let deadline = nodes[Int(index)].deadline
        guard deadline > elapsed else { return append(index, to: Self.dueList) }
        let highestBit = 63 - (deadline ^ elapsed).leadingZeroBitCount
        let level = highestBit / 6
        let slot = Int(deadline >> UInt64(6 * level)) & (Self.slots - 1)
        occupied[level] |= 1 << UInt64(slot)
        append(index, to: Int32(level * Self.slots + slot))
    }

    private mutating func append(_ index: Int32, to list: Int32) {
        let last = tails[Int(list)]
        nodes[Int(index)].list = list
        nodes[Int(index)].next = -1
        nodes[Int(index)].previous = last
        tails[Int(list)] = index
        if last >= 0 { nodes[Int(last)].next = index } else { heads[Int(list)] = index }
    }

    private mutating func unlink(_ index: Int32) {
        let node = nodes[Int(index)]
        let list = Int(node.list)
        if node.next >= 0 {
            nodes[Int(node.next)].previous = node.previous
        } else {
            tails[list] = node.previous
        }
        if node.previous >= 0 {
            nodes[Int(node.previous)].next = node.next
        } else {
            heads[list] = node.next
        }
        if heads[list] < 0, node.list != Self.dueList {
            occupied[list / Self.slots] &= ~(1 << UInt64(list % Self.slots))
        }
    }

    private mutating func takeNode() -> Int32 {
        guard freeHead >= 0 else {
            nodes.append(
                Node(
                    payload: nil,
                    deadline: 0,
                    next: -1,
                    previous: -1,
                    list: Self.freeList,
                    generation: 0
                )
            )
            return Int32(nodes.count - 1)
        }
        let index = freeHead
        freeHead = nodes[Int(index)].next
        return index
    }

    private mutating func release(_ index: Int32) -> Payload? {
        let payload = nodes[Int(index)].payload.take()
        nodes[Int(index)].generation &+= 1
        nodes[Int(index)].list = Self.freeList
        nodes[Int(index)].next = freeHead
        freeHead = index
        count -= 1
        return payload
    }
}
