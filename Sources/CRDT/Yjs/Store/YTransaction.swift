/// What one transaction did so far; its end joins what can be joined, and lets go what is deleted.
struct YTransaction {
    /// A place between two structs of a client, where they may be joined.
    struct Seam {
        var client: YHandle
        var clock: UInt32
    }

    /// Elements of a client, by handle.
    struct Span {
        var client: YHandle
        var clock: UInt32
        var length: UInt32
    }

    /// Whether structs came with this transaction.
    var hasCreated = false
    var deleted: ContiguousArray<Span> = []
    /// The first seams, one by one; when there are more, each client remembers its lowest.
    var seams: ContiguousArray<Seam> = []
    var hasMoreSeams = false
    /// The names of the roots in which something changed, some more than once.
    var roots: ContiguousArray<YHandle> = []

    var isEmpty: Bool { !hasCreated && deleted.isEmpty }

    mutating func reset() {
        hasCreated = false
        hasMoreSeams = false
        // Emptying what is empty costs more than asking.
        if !deleted.isEmpty { deleted.removeAll(keepingCapacity: deleted.count < 64) }
        if !seams.isEmpty { seams.removeAll(keepingCapacity: true) }
        if !roots.isEmpty { roots.removeAll(keepingCapacity: roots.count < 64) }
    }

    mutating func noteDeleted(_ client: YHandle, _ clock: UInt32, _ length: UInt32) {
        if let last = deleted.indices.last, deleted[last].client == client,
            deleted[last].clock + deleted[last].length == clock
        {
            deleted[last].length += length
        } else {
            deleted.append(Span(client: client, clock: clock, length: length))
        }
    }

    mutating func noteChanged(_ root: YHandle) {
        if roots.last != root { roots.append(root) }
    }
}
