/// Where a topic must stand for a command to be carried out: whoever read it there and then writes
/// overwrites nothing that they haven't seen.
package enum Condition: Sendable, Hashable {
    /// Something has happened in it.
    case exists
    /// Nothing has happened since one of these.
    case unchangedSince([Position])

    func isMet(at position: Position) -> Bool {
        switch self {
        case .exists: position.offset > 0
        case .unchangedSince(let positions): positions.contains(position)
        }
    }
}
