/// Another node of the cluster, in one life of its process.
package struct PeerID: Hashable, Sendable, CustomStringConvertible {
    package let number: UInt64

    package init(_ number: UInt64) {
        self.number = number
    }

    package var description: String { "n-" + String(number, radix: 16) }
}
