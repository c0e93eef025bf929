import Hub

/// Where a topic's log ends, and the number that its rows carry.
struct Head: Sendable, Hashable {
    let row: Int64
    var epoch: Epoch
    var offset: Offset

    var position: Position { Position(epoch: epoch, offset: offset) }
}
