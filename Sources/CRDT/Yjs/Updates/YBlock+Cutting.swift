/// Parts of structs, and structs that move to other bytes.
extension YBlock {
    /// The struct without its first elements, which then come from its own left neighbour.
    func dropping(_ offset: UInt32, bytes: [UInt8]) -> YBlock {
        guard offset > 0 else { return self }
        var part = self
        part.id.clock += offset
        part.length -= offset
        guard isItem else { return part }
        part.origin = YID(client: id.client, clock: id.clock + offset - 1)
        part.flags.insert(.origin)
        let cut = YContentCut.split(kind, bytes, in: content, at: Int(offset))
        part.contentStart = UInt32(cut.byte)
        if cut.tearsPair {
            part.contentStart += 4
            part.flags.insert(.tornStart)
        }
        return part
    }

    /// The first elements of the struct.
    func keeping(_ count: UInt32, bytes: [UInt8]) -> YBlock {
        guard count < length else { return self }
        var part = self
        part.length = count
        guard isItem else { return part }
        let cut = YContentCut.split(kind, bytes, in: content, at: Int(count))
        part.contentEnd = UInt32(cut.byte)
        if cut.tearsPair { part.flags.insert(.tornEnd) }
        return part
    }

    /// The same struct, with its content and names appended to other bytes.
    func moved(from bytes: [UInt8], to target: inout [UInt8]) -> YBlock {
        var block = self
        if flags.contains(.parentIsRoot) {
            block.setRoot(target.appendRange(bytes, rootName))
        }
        if flags.contains(.key) { block.setKey(target.appendRange(bytes, key)) }
        // Content stands last, where a neighbour may continue it.
        let start = target.count
        if flags.contains(.tornStart) {
            target.append(contentsOf: UTF8Text.replacement)
            block.flags.remove(.tornStart)
        }
        target.append(contentsOf: bytes[content])
        if flags.contains(.tornEnd) {
            target.append(contentsOf: UTF8Text.replacement)
            block.flags.remove(.tornEnd)
        }
        block.setContent(start..<target.count)
        return block
    }
}

extension [UInt8] {
    /// Appends a range of other bytes, and tells where it stands now.
    fileprivate mutating func appendRange(_ bytes: [UInt8], _ range: Range<Int>) -> Range<Int> {
        let start = count
        append(contentsOf: bytes[range])
        return start..<count
    }
}
