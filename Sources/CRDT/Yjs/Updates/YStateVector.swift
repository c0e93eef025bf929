/// For each client the clock that is expected next: what somebody knows of a document.
package struct YStateVector: Sendable, Hashable {
    package private(set) var clocks: [UInt64: UInt64] = [:]

    package init() {}

    /// The next expected clock of this client; 0 when nothing is known of it.
    package subscript(client client: UInt64) -> UInt64 {
        get { clocks[client] ?? 0 }
        set { clocks[client] = newValue == 0 ? nil : newValue }
    }

    package var isEmpty: Bool { clocks.isEmpty }

    /// Whether everything that the other knows is known here.
    package func covers(_ other: YStateVector) -> Bool {
        other.clocks.allSatisfy { self[client: $0.key] >= $0.value }
    }
}
