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

    /// The memory that the waiting structs take.
    var byteCount: Int {
        structs.bytes.count + structs.blocks.count * MemoryLayout<YBlock>.stride
    }

    /// The smallest state from which on everything would be there that something waits for.
    var missingVector: YStateVector? {
        guard !structs.blocks.isEmpty else { return nil }
        var vector = YStateVector()
        for (client, clock) in missing { vector[client: client] = UInt64(clock) }
        return vector
    }
}
