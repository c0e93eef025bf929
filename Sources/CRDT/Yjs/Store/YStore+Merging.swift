/// Neighbours become one struct where nothing tells them apart: this keeps a text of thousands of
/// keystrokes at a few runs.
extension YStore {
    /// From how many seams on all structs of a client are looked at, rather than some searched.
    private static let seamsSearchedMaximum = 64

    /// Joins what this transaction touched.
    mutating func mergeSeams() {
        var seams = transaction.seams
        guard !seams.isEmpty else { return }
        if seams.count > 1 { seams.sort { ($0.client, $0.clock) > ($1.client, $1.clock) } }
        var start = 0
        while start < seams.count {
            let client = seams[start].client
            var end = start + 1
            while end < seams.count, seams[end].client == client { end += 1 }
            if end - start > Self.seamsSearchedMaximum {
                mergeAll(of: client, from: seams[end - 1].clock)
            } else {
                for index in start..<end { merge(seams[index]) }
            }
            start = end
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

    private mutating func mergeAll(of client: YHandle, from clock: UInt32) {
        var index = YItemIndex()
        swap(&index, &clients[Int(client)].index)
        var left = YHandle.none
        index.filter { entry in
            if left != .none, entry.clock >= clock, join(left, entry.item) { return false }
            left = entry.item
            return true
        }
        clients[Int(client)].index = index
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
