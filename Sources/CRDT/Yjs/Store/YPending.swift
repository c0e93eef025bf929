/// What waits: structs for structs that did not come yet, and deletes for what they delete.
struct YPending {
    var structs = YUpdate()
    /// For each client that something waits for, a clock from which on structs are missing.
    var missing: [UInt64: UInt32] = [:]
    var deletes: [YDeleteRange] = []

    var isEmpty: Bool { structs.blocks.isEmpty && deletes.isEmpty }

    mutating func noteMissing(_ client: UInt64, _ clock: UInt32) {
        missing[client] = min(missing[client] ?? .max, clock)
    }

    /// How many structs wait, not counting the holes between them.
    var structCount: Int { structs.blocks.reduce(0) { $0 + ($1.kind == .skip ? 0 : 1) } }

    /// Lets go what exceeds the limits: structs that wait for each other in a circle are not seen
    /// before, and who wrote honest ones is asked for them again.
    mutating func enforce(_ limits: YLimits) {
        if structs.bytes.count > limits.pendingBytesMaximum
            || structs.blocks.count > limits.pendingStructsMaximum
                && structCount > limits.pendingStructsMaximum
        {
            structs = YUpdate()
            missing = [:]
        }
        if deletes.count > limits.pendingRangesMaximum { deletes = [] }
    }

    /// The smallest state from which on everything would be there that something waits for.
    var missingVector: YStateVector? {
        guard !structs.blocks.isEmpty else { return nil }
        var vector = YStateVector()
        for (client, clock) in missing { vector[client: client] = UInt64(clock) }
        return vector
    }
}
