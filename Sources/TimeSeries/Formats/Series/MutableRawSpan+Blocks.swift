/// Copies of a few bytes, by blocks.
extension MutableRawSpan {
    static let block = 16

    /// Writes up to a block too much: both sides must have that room behind the end.
    @inline(__always)
    mutating func copyBlocks(_ source: RawSpan, _ from: Int, to at: Int, count: Int) {
        var done = 0
        repeat {
            copyBlock(source, from &+ done, to: at &+ done)
            done &+= Self.block
        } while done < count
    }

    /// Writes up to a block too much: here there must be room for it, but the source may end.
    @inline(__always)
    mutating func copy(_ source: RawSpan, _ from: Int, to at: Int, count: Int) {
        if from &+ count &+ Self.block <= source.byteCount {
            return copyBlocks(source, from, to: at, count: count)
        }
        for index in 0..<count { copyByte(source, from &+ index, to: at &+ index) }
    }

    /// Copies all of the source and writes nothing else.
    @inline(__always)
    mutating func copy(_ source: RawSpan, to at: Int) {
        let count = source.byteCount
        guard count >= Self.block else {
            for index in 0..<count { copyByte(source, index, to: at &+ index) }
            return
        }
        var done = 0
        while done &+ Self.block <= count {
            copyBlock(source, done, to: at &+ done)
            done &+= Self.block
        }
        // The last block overlaps the one before it.
        copyBlock(source, count &- Self.block, to: at &+ count &- Self.block)
    }

    @inline(__always)
    private mutating func copyBlock(_ source: RawSpan, _ from: Int, to at: Int) {
        let part = source.unsafeLoadUnaligned(fromByteOffset: from, as: SIMD16<UInt8>.self)
        storeBytes(of: part, toByteOffset: at, as: SIMD16<UInt8>.self)
    }

    @inline(__always)
    private mutating func copyByte(_ source: RawSpan, _ from: Int, to at: Int) {
        let byte = source.unsafeLoad(fromByteOffset: from, as: UInt8.self)
        storeBytes(of: byte, toByteOffset: at, as: UInt8.self)
    }
}
