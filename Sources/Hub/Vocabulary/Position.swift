/// A record's number within its topic: dense, from 1. Zero stands before the first record.
package typealias Offset = UInt64

/// Where in a topic's history: epoch and offset, written `k3:41`.
///
/// The epoch changes when a tail of the log was ever cut, so that an old position can't be
/// mistaken for a new one with the same number.
package struct Position: Hashable, Sendable, CustomStringConvertible {
    package var epoch: Epoch
    package var offset: Offset

    package init(epoch: Epoch, offset: Offset) {
        self.epoch = epoch
        self.offset = offset
    }

    package init(_ text: some StringProtocol) throws(Rejection) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let epoch = Epoch(parts[0]), let offset = Offset(parts[1]),
            parts[1].utf8.first != UInt8(ascii: "+")
        else {
            throw Rejection(.badRequest, "A position is epoch:offset, such as k3:41.")
        }
        self.init(epoch: epoch, offset: offset)
    }

    package var description: String { "\(epoch):\(offset)" }
}
