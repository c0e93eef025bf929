/// A range of one client's clocks whose elements are deleted.
struct YDeleteRange: Hashable {
    var client: UInt64
    var clock: UInt32
    var length: UInt32

    var end: UInt32 { clock + length }
}

extension [YDeleteRange] {
    /// Highest client first, ranges ascending, none overlapping or touching another.
    mutating func normalise() {
        guard count > 1, !isNormal else { return }
        sort { ($1.client, $0.clock) < ($0.client, $1.clock) }
        var kept = 0
        for range in self[1...] {
            if self[kept].client == range.client, self[kept].end >= range.clock {
                self[kept].length = Swift.max(self[kept].end, range.end) - self[kept].clock
            } else {
                kept += 1
                self[kept] = range
            }
        }
        removeLast(count - kept - 1)
    }

    private var isNormal: Bool {
        for index in 1..<count {
            let (left, right) = (self[index - 1], self[index])
            if left.client > right.client { continue }
            guard left.client == right.client, left.end < right.clock else { return false }
        }
        return true
    }

    /// The ranges of each client, in their order.
    var byClient: [ArraySlice<YDeleteRange>] {
        var slices: [ArraySlice<YDeleteRange>] = []
        var start = 0
        for index in indices {
            guard index + 1 == count || self[index + 1].client != self[index].client else {
                continue
            }
            slices.append(self[start...index])
            start = index + 1
        }
        return slices
    }
}
