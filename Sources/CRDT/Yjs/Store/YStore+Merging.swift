/// Neighbours become one struct where nothing tells them apart: this keeps a text of thousands of
/// keystrokes at a few runs.
extension YStore {
    /// Beyond so many seams, all structs from the lowest one on are looked at instead.
    private static let seamsMaximum = 128

    /// Remembers a place where two structs may be joined at the end of the transaction.
    @inline(__always)
    mutating func noteSeam(_ client: YHandle, _ clock: UInt32) {
        guard transaction.seams.count < Self.seamsMaximum else {
            transaction.hasMoreSeams = true
            let lowest = min(clients[Int(client)].lowestSeam, clock)
            clients[Int(client)].lowestSeam = lowest
            return
        }
        transaction.seams.append(YTransaction.Seam(client: client, clock: clock))
    }

    /// Joins what this transaction touched.
    mutating func mergeSeams() {
        for index in transaction.seams.indices { merge(transaction.seams[index]) }
        guard transaction.hasMoreSeams else { return }
        for client in clients.indices where clients[client].lowestSeam != .max {
            mergeAll(of: client, from: clients[client].lowestSeam)
            clients[client].lowestSeam = .max
        }
    }

    private mutating func merge(_ seam: YTransaction.Seam) {
        let client = Int(seam.client)
        guard seam.clock > 0, seam.clock < clients[client].state else { return }
        let position = clients[client].index.position(of: seam.clock)
        let entry = clients[client].index[position]
        guard entry.clock == seam.clock,
            let before = clients[client].index.previous(before: position),
            join(clients[client].index[before].item, entry.item)
        else { return }
        clients[client].index.remove(at: position)
    }

    private mutating func mergeAll(of client: Int, from clock: UInt32) {
        var index = YItemIndex()
        swap(&index, &clients[client].index)
        var left = YHandle.none
        index.filter(from: clock) { entry in
            if left != .none, join(left, entry.item) { return false }
            left = entry.item
            return true
        }
        clients[client].index = index
    }

    /// Makes one struct of two neighbours by clock, if they are neighbours in every respect.
    private mutating func join(_ left: YHandle, _ right: YHandle) -> Bool {
        let (first, second) = (items[Int(left)], items[Int(right)])
        guard first.kind == second.kind else { return false }
        if first.kind == .gc {
            items[Int(left)].length += second.length
            free(right)
            return true
        }
        guard first.kind.isRun, first.right == right, first.isDeleted == second.isDeleted,
            second.originClient == first.client, second.originClock == second.clock - 1,
            first.hasRightOrigin(of: second),
            first.kind == .deleted || first.contentEnd == second.contentStart
        else { return false }
        items[Int(left)].length += second.length
        items[Int(left)].right = second.right
        if first.kind != .deleted { items[Int(left)].contentEnd = second.contentEnd }
        if second.right != .none {
            items[Int(second.right)].left = left
        } else if second.key != .none {
            types[Int(second.parent)].keys.setLast(left, of: second.key)
        }
        free(right)
        return true
    }
}
