/// The holds of an item that have not ended: found by id and by holder, and first the one that
/// expires first.
///
/// A binary heap by expiry in which each hold knows its place, so that one in the middle is taken
/// out in O(log n), and what comes after it is known without taking it out.
package struct Holds: Sendable {
    private struct Node: Sendable {
        let expiresAt: Timestamp
        let id: RecordID
        let quantity: Int64

        static func < (left: Node, right: Node) -> Bool {
            left.expiresAt == right.expiresAt
                ? left.id < right.id : left.expiresAt < right.expiresAt
        }
    }

    private struct Entry: Sendable {
        var hold: Hold
        var place: Int
    }

    /// What is due at a time, and what comes next.
    package struct Lapse: Sendable {
        package var holds: Int64 = 0
        package var quantity: Int64 = 0
        /// When the next of the others expires.
        package var next: Timestamp?
    }

    private var heap: [Node] = []
    private var entries: [RecordID: Entry] = [:]
    private var byHolder: [Holder: RecordID] = [:]
    /// How many pieces are held.
    package private(set) var quantity: Int64 = 0

    package init() {}

    package var count: Int { heap.count }

    package var nextExpiry: Timestamp? { heap.first?.expiresAt }

    package subscript(id: RecordID) -> Hold? { entries[id]?.hold }

    package subscript(holder: Holder) -> Hold? { byHolder[holder].flatMap { entries[$0]?.hold } }

    /// All of them, in no order.
    package var all: some Sequence<Hold> { entries.values.lazy.map(\.hold) }

    /// Takes a hold in, in the place of one with that id.
    package mutating func put(_ hold: Hold) {
        remove(hold.id)
        entries[hold.id] = Entry(hold: hold, place: heap.count)
        byHolder[hold.holder] = hold.id
        quantity += hold.quantity
        heap.append(Node(expiresAt: hold.expiresAt, id: hold.id, quantity: hold.quantity))
        rise(from: heap.count - 1)
    }

    @discardableResult
    package mutating func remove(_ id: RecordID) -> Hold? {
        guard let entry = entries.removeValue(forKey: id) else { return nil }
        if byHolder[entry.hold.holder] == id { byHolder[entry.hold.holder] = nil }
        quantity -= entry.hold.quantity
        let last = heap.removeLast()
        if entry.place < heap.count {
            seat(last, at: entry.place)
            rise(from: entry.place)
            sink(from: entry.place)
        }
        return entry.hold
    }

    /// Takes out the first hold if it has expired by then.
    package mutating func removeFirst(expiredAt time: Timestamp) -> Hold? {
        guard let first = heap.first, first.expiresAt <= time else { return nil }
        return remove(first.id)
    }

    /// What expires by then, and when the next one does, leaving aside `other`. Costs what is due.
    package func lapse(at time: Timestamp, except other: RecordID? = nil) -> Lapse {
        var lapse = Lapse()
        guard let first = heap.first else { return lapse }
        if first.expiresAt > time, first.id != other {
            lapse.next = first.expiresAt
            return lapse
        }
        // Nothing in a heap is due beneath what isn't: so only what is due is walked over.
        var pending = [0]
        while let place = pending.popLast() {
            let node = heap[place]
            let isDue = node.expiresAt <= time
            if isDue {
                lapse.holds += 1
                lapse.quantity += node.quantity
            } else if node.id != other {
                lapse.next = min(lapse.next ?? node.expiresAt, node.expiresAt)
                continue
            }
            for child in [2 * place + 1, 2 * place + 2] where child < heap.count {
                pending.append(child)
            }
        }
        return lapse
    }

    private mutating func rise(from start: Int) {
        var place = start
        let node = heap[place]
        while place > 0 {
            let parent = (place - 1) / 2
            guard node < heap[parent] else { break }
            seat(heap[parent], at: place)
            place = parent
        }
        if place != start { seat(node, at: place) }
    }

    private mutating func sink(from start: Int) {
        var place = start
        let node = heap[place]
        while true {
            var child = 2 * place + 1
            guard child < heap.count else { break }
            if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
            guard heap[child] < node else { break }
            seat(heap[child], at: place)
            place = child
        }
        if place != start { seat(node, at: place) }
    }

    private mutating func seat(_ node: Node, at place: Int) {
        heap[place] = node
        entries[node.id]?.place = place
    }
}
