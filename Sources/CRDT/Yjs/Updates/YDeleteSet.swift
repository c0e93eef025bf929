/// What is deleted: ranges of clocks by client.
package struct YDeleteSet: Sendable, Hashable {
    /// Normalised: see there.
    let ranges: [YDeleteRange]

    init(_ ranges: [YDeleteRange] = []) {
        var ranges = ranges
        ranges.normalise()
        self.ranges = ranges
    }

    package var isEmpty: Bool { ranges.isEmpty }

    package func contains(client: UInt64, clock: UInt64) -> Bool {
        ranges.contains { range in
            range.client == client && UInt64(range.clock) <= clock && clock < UInt64(range.end)
        }
    }
}
