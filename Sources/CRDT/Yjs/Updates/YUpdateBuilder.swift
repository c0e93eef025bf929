/// Puts an update together from structs of others, client by client and in the order of clocks.
struct YUpdateBuilder {
    var update = YUpdate()
    private var client: UInt64 = 0
    private var start = 0
    /// Up to where the client's clocks are taken care of; nil before its first struct.
    private var clock: UInt32?
    /// Structs below this clock are left out.
    private var known: UInt32 = 0

    mutating func begin(_ client: UInt64, knownUpTo known: UInt32 = 0) {
        self.client = client
        start = update.blocks.count
        clock = nil
        self.known = known
    }

    mutating func endClient() {
        guard update.blocks.count > start else { return }
        update.groups.append(YBlockGroup(client: client, blocks: start..<update.blocks.count))
    }

    /// Takes what is not there yet of a struct; clocks must not run backwards.
    mutating func append(_ block: YBlock, bytes: [UInt8]) {
        let from = max(clock ?? 0, known)
        guard block.end > from else { return }
        if let clock, block.id.clock > clock {
            let hole = YID(client: client, clock: clock)
            update.blocks.append(YBlock(id: hole, length: block.id.clock - clock, kind: .skip))
        }
        clock = block.end
        let offset = block.id.clock < from ? from - block.id.clock : 0
        let part = block.dropping(offset, bytes: bytes)
        if !join(part, bytes: bytes) {
            update.blocks.append(part.moved(from: bytes, to: &update.bytes))
        }
    }

    /// Extends the last struct by this one, if integrating both is integrating the two in turn.
    private mutating func join(_ block: YBlock, bytes: [UInt8]) -> Bool {
        guard update.blocks.count > start else { return false }
        let last = update.blocks.count - 1
        let left = update.blocks[last]
        guard left.kind == block.kind else { return false }
        if block.kind == .gc {
            update.blocks[last].length += block.length
            return true
        }
        guard block.kind.isRun, left.end == block.id.clock, block.hasOrigin,
            block.origin == YID(client: client, clock: block.id.clock - 1),
            left.hasRightOrigin == block.hasRightOrigin, left.rightOrigin == block.rightOrigin,
            Int(left.contentEnd) == update.bytes.count || block.kind == .deleted,
            block.flags.isDisjoint(with: [.tornStart, .tornEnd])
        else { return false }
        update.blocks[last].length += block.length
        update.bytes.append(contentsOf: bytes[block.content])
        update.blocks[last].contentEnd += UInt32(block.content.count)
        return true
    }
}
