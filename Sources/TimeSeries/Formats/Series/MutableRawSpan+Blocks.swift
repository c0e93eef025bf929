/// Copies of a few bytes, as whole blocks: what is written too much has room, or is overwritten.
extension MutableRawSpan {
    static let block = 16

    /// Both sides must have a block's room behind the end.
    @inline(__always)
    mutating func copyBlocks(_ source: RawSpan, _ from: Int, to at: Int, count: Int) {
        var done = 0
        repeat {
            let part = source.unsafeLoadUnaligned(
                fromByteOffset: from &+ done,
                as: SIMD16<UInt8>.self
            )
            storeBytes(of: part, toByteOffset: at &+ done, as: SIMD16<UInt8>.self)
            done &+= Self.block
        } while done < count
    }

    /// Here the source may end at once; only this side must have room.
    @inline(__always)
    mutating func copy(_ source: RawSpan, _ from: Int, to at: Int, count: Int) {
        if from &+ count &+ Self.block <= source.byteCount {
            return copyBlocks(source, from, to: at, count: count)
        }
        for index in 0..<count {
            let byte = source.unsafeLoad(fromByteOffset: from &+ index, as: UInt8.self)
            storeBytes(of: byte, toByteOffset: at &+ index, as: UInt8.self)
        }
    }
}
