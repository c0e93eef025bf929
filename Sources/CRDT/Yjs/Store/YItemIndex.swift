/// The structs of one client by their clocks.
///
/// Chunks of entries, each full chunk cut in two: a struct is found by two binary searches, and
/// inserting one moves a few kilobytes at the most, however many there are.
struct YItemIndex {
    struct Entry {
        var clock: UInt32
        var item: YHandle
    }

    /// Where an entry stands. Insertions and removals make positions stale.
    struct Position {
        var chunk: Int
        var offset: Int
    }

    private static let chunkMaximum = 512

    private var chunks: ContiguousArray<ContiguousArray<Entry>> = []
    /// The first clock of each chunk.
    private var firsts: ContiguousArray<UInt32> = []
    private(set) var count = 0
    /// The clock of the last entry.
    private var lastClock: UInt32 = 0

    var isEmpty: Bool { count == 0 }

    var start: Position { Position(chunk: 0, offset: 0) }

    subscript(position: Position) -> Entry {
        @inline(__always) get { chunks[position.chunk][position.offset] }
    }

    /// The entry with the highest clock.
    var last: YHandle { chunks.last?.last?.item ?? .none }

    /// The entry that holds this clock, which must not lie before the first.
    ///
    /// What is left is halved without a branch: which way it goes is anybody's guess, and a
    /// processor that guesses wrong half of the time is slower than one that does not guess.
    func position(of clock: UInt32) -> Position {
        // Who goes on where he was refers to his last struct.
        if clock >= lastClock {
            return Position(chunk: chunks.count - 1, offset: chunks[chunks.count - 1].count - 1)
        }
        var place = Position(chunk: 0, offset: 0)
        var count = firsts.count
        while count > 1 {
            let half = count &>> 1
            place.chunk &+= half & Self.mask(firsts[place.chunk &+ half], atMost: clock)
            count &-= half
        }
        count = chunks[place.chunk].count
        while count > 1 {
            let half = count &>> 1
            let middle = chunks[place.chunk][place.offset &+ half].clock
            place.offset &+= half & Self.mask(middle, atMost: clock)
            count &-= half
        }
        return place
    }

    /// All bits if the first is not above the second, and none otherwise.
    @inline(__always)
    private static func mask(_ first: UInt32, atMost second: UInt32) -> Int {
        (Int(first) &- Int(second) &- 1) &>> 63
    }

    /// What holds this clock.
    func item(of clock: UInt32) -> YHandle {
        self[position(of: clock)].item
    }

    @inline(__always)
    func next(after position: Position) -> Position? {
        if position.offset + 1 < chunks[position.chunk].count {
            return Position(chunk: position.chunk, offset: position.offset + 1)
        }
        guard position.chunk + 1 < chunks.count else { return nil }
        return Position(chunk: position.chunk + 1, offset: 0)
    }

    func previous(before position: Position) -> Position? {
        if position.offset > 0 {
            return Position(chunk: position.chunk, offset: position.offset - 1)
        }
        guard position.chunk > 0 else { return nil }
        return Position(chunk: position.chunk - 1, offset: chunks[position.chunk - 1].count - 1)
    }

    /// How many entries stand from this one on.
    func count(from position: Position) -> Int {
        chunks[position.chunk...].reduce(-position.offset) { $0 + $1.count }
    }

    mutating func append(_ item: YHandle, clock: UInt32) {
        count += 1
        lastClock = clock
        let entry = Entry(clock: clock, item: item)
        if let last = chunks.indices.last, chunks[last].count < Self.chunkMaximum {
            chunks[last].append(entry)
        } else {
            chunks.append([entry])
            firsts.append(clock)
        }
    }

    /// Inserts an entry behind this one, and tells where it stands.
    @discardableResult
    mutating func insert(
        _ item: YHandle,
        clock: UInt32,
        after position: Position
    ) -> Position {
        count += 1
        lastClock = max(lastClock, clock)
        var place = Position(chunk: position.chunk, offset: position.offset + 1)
        if chunks[place.chunk].count >= Self.chunkMaximum {
            let half = Self.chunkMaximum / 2
            let tail = ContiguousArray(chunks[place.chunk][half...])
            chunks[place.chunk].removeLast(tail.count)
            firsts.insert(tail[0].clock, at: place.chunk + 1)
            chunks.insert(tail, at: place.chunk + 1)
            if place.offset > half {
                place = Position(chunk: place.chunk + 1, offset: place.offset - half)
            }
        }
        chunks[place.chunk].insert(Entry(clock: clock, item: item), at: place.offset)
        return place
    }

    /// Removes an entry that is not the first of all.
    mutating func remove(at position: Position) {
        count -= 1
        chunks[position.chunk].remove(at: position.offset)
        if chunks[position.chunk].isEmpty {
            chunks.remove(at: position.chunk)
            firsts.remove(at: position.chunk)
        } else if position.offset == 0 {
            firsts[position.chunk] = chunks[position.chunk][0].clock
        }
        lastClock = chunks.last?.last?.clock ?? 0
    }

    /// Keeps only the entries for which this holds. It is asked in the order of clocks, beginning
    /// some entries before this clock.
    mutating func filter(from clock: UInt32, _ isKept: (Entry) -> Bool) {
        guard !isEmpty else { return }
        let at = position(of: clock)
        // The left neighbour of the first entry in question may be the last of a chunk.
        let first = max(0, at.offset == 0 ? at.chunk - 1 : at.chunk)
        let tail = chunks[first...]
        chunks.removeSubrange(first...)
        firsts.removeSubrange(first...)
        count = chunks.reduce(0) { $0 + $1.count }
        for chunk in tail {
            for entry in chunk where isKept(entry) { append(entry.item, clock: entry.clock) }
        }
    }

    /// Goes through all entries in the order of clocks.
    func visit(_ body: (Entry) -> Void) {
        for chunk in chunks { for entry in chunk { body(entry) } }
    }

    /// The memory that the entries take.
    var byteCount: Int {
        chunks.reduce(0) { $0 + $1.capacity * MemoryLayout<Entry>.stride + 40 }
    }
}
