/// Reads what `SampleBatchWriter` wrote, without copying and without trusting a length.
package struct SampleBatchReader: Sendable {
    /// One series of the batch, as places in its bytes.
    package struct Series: Sendable {
        package let labels: Range<Int>
        package let samples: Int
        /// Where the first sample stands.
        let start: Int
    }

    package let bytes: [UInt8]
    private var at = 0
    /// Set once a length has led past the end; nothing more is read then.
    package private(set) var isMalformed = false

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    /// The next series; nil at the end and at anything that is no series.
    package mutating func next() -> Series? {
        guard at < bytes.count, !isMalformed else { return nil }
        guard let length = word(), length <= bytes.count - at else { return fail() }
        let labels = at..<at + length
        at += length
        guard let samples = word(), samples <= (bytes.count - at) / 16 else { return fail() }
        defer { at += samples * 16 }
        return Series(labels: labels, samples: samples, start: at)
    }

    /// One of the samples of a series of this batch; `index` is below `series.samples`.
    package func sample(_ index: Int, of series: Series) -> Sample {
        let at = series.start + index * 16
        let span = bytes.span.bytes
        let time = span.unsafeLoadUnaligned(fromByteOffset: at, as: UInt64.self)
        let value = span.unsafeLoadUnaligned(fromByteOffset: at + 8, as: UInt64.self)
        return Sample(
            at: Int64(bitPattern: UInt64(littleEndian: time)),
            value: Double(bitPattern: UInt64(littleEndian: value))
        )
    }

    private mutating func fail() -> Series? {
        isMalformed = true
        return nil
    }

    private mutating func word() -> Int? {
        guard bytes.count - at >= 4 else { return nil }
        defer { at += 4 }
        let word = bytes.span.bytes.unsafeLoadUnaligned(fromByteOffset: at, as: UInt32.self)
        return Int(UInt32(littleEndian: word))
    }
}
