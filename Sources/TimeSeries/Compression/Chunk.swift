/// Sealed samples of one series: a byte that says how, then the smaller of a Prometheus XOR chunk
/// and columns.
package enum Chunk {
    /// No chunk holds more samples.
    static let samplesMaximum = XORChunk.samplesMaximum

    private enum Form: UInt8 {
        case xor = 1
        case columns = 2
    }

    /// The times must rise, and be at most 65,535.
    package static func encode(_ samples: Samples) -> [UInt8] {
        precondition(samples.count <= samplesMaximum, "A chunk has a bounded number of samples.")
        var columns = PackedWriter([Form.columns.rawValue])
        columns.varint(samples.count)
        IntegerColumn.encode(samples.times, to: &columns)
        NumberColumn.encode(samples.values, to: &columns)
        // Beyond that the other can't be much smaller, and it costs time to know.
        if samples.count > 32, columns.bytes.count <= samples.count { return columns.bytes }
        let xor = XORChunk.encode(samples.times, samples.values)
        return xor.count + 1 < columns.bytes.count ? [Form.xor.rawValue] + xor : columns.bytes
    }

    /// Nil when the bytes are no chunk.
    package static func decode(_ bytes: [UInt8]) -> Samples? {
        switch bytes.first.flatMap(Form.init) {
        case .xor: return XORChunk.decode(bytes, at: 1)
        case .columns:
            var reader = PackedReader(bytes, at: 1)
            guard let count = reader.count(most: samplesMaximum),
                let times = IntegerColumn.decode(count, from: &reader),
                let values = NumberColumn.decode(count, from: &reader)
            else { return nil }
            return Samples(times: times, values: values)
        case nil: return nil
        }
    }
}
