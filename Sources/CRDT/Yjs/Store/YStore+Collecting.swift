/// Garbage collection: what is deleted keeps its place, and loses its content.
extension YStore {
    /// Lets go what this transaction deleted.
    mutating func collectDeleted() {
        for span in transaction.deleted {
            let end = span.clock + span.length
            var place = Optional(clients[Int(span.client)].index.position(of: span.clock))
            while let position = place {
                let entry = clients[Int(span.client)].index[position]
                guard entry.clock < end else { break }
                collect(entry.item)
                place = clients[Int(span.client)].index.next(after: position)
            }
        }
    }

    private mutating func collect(_ item: YHandle) {
        let dead = items[Int(item)]
        guard dead.isDeleted, dead.kind != .gc, dead.kind != .deleted else { return }
        clients[Int(dead.client)].garbage += dead.content.count
        items[Int(item)].kind = .deleted
        items[Int(item)].contentStart = 0
        items[Int(item)].contentEnd = 0
        items[Int(item)].type = .none
        if dead.type != .none { collectChildren(of: dead.type) }
    }

    /// What was in a deleted type keeps nothing but its clocks.
    private mutating func collectChildren(of type: YHandle) {
        var nested = [type]
        while let type = nested.popLast() {
            var lists = [types[Int(type)].start]
            lists.append(contentsOf: types[Int(type)].keys.entries.map(\.first))
            for first in lists {
                var child = first
                while child != .none {
                    let next = items[Int(child)].right
                    if items[Int(child)].type != .none { nested.append(items[Int(child)].type) }
                    bury(child)
                    child = next
                }
            }
            free(type: type)
        }
    }

    private mutating func bury(_ item: YHandle) {
        let dead = items[Int(item)]
        clients[Int(dead.client)].garbage += dead.content.count
        var grave = YItem(client: dead.client, clock: dead.clock, length: dead.length, kind: .gc)
        grave.isDeleted = true
        items[Int(item)] = grave
        noteSeam(dead.client, dead.clock)
        noteSeam(dead.client, dead.end)
    }

    /// Moves the content of a client together when half of it is garbage.
    mutating func compactContent(of client: YHandle) {
        let size = clients[Int(client)].content.count
        guard clients[Int(client)].garbage > max(1_024, size / 2) else { return }
        let old = clients[Int(client)].content
        var content: [UInt8] = []
        content.reserveCapacity(size - clients[Int(client)].garbage)
        var place: YItemIndex.Position? = clients[Int(client)].index.start
        while let position = place {
            let item = Int(clients[Int(client)].index[position].item)
            let range = items[item].content
            if !range.isEmpty {
                items[item].contentStart = UInt32(truncatingIfNeeded: content.count)
                content.append(contentsOf: old[range])
                items[item].contentEnd = UInt32(truncatingIfNeeded: content.count)
            }
            place = clients[Int(client)].index.next(after: position)
        }
        clients[Int(client)].content = content
        clients[Int(client)].garbage = 0
    }
}
