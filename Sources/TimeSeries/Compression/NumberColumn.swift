/// Doubles in few bytes, bit for bit: as scaled integers or by the XOR of neighbours, whichever is
/// smaller.
enum NumberColumn {
    private enum Form: UInt8 {
        case scaled
        case xor
    }

    static func encode(_ numbers: [Double], to writer: inout PackedWriter) {
        guard let first = numbers.first else { return }
        var scaled: PackedWriter?
        if let integers = ScaledNumbers(numbers) {
            var column = PackedWriter()
            integers.encode(to: &column)
            scaled = column
        }
        // Rarely can differences do better than two bytes a number and be beaten.
        if let scaled, scaled.bytes.count <= numbers.count + 16, !isSame(numbers) {
            return append(.scaled, scaled.bytes, to: &writer)
        }
        var bits = BitWriter()
        var values = XORValues(first: first.bitPattern)
        bits.write(first.bitPattern, 64)
        for number in numbers.dropFirst() { values.write(number.bitPattern, to: &bits) }
        if let scaled, scaled.bytes.count <= bits.bytes.count + 2 {
            return append(.scaled, scaled.bytes, to: &writer)
        }
        writer.byte(Form.xor.rawValue)
        writer.run(bits.bytes)
    }

    private static func isSame(_ numbers: [Double]) -> Bool {
        numbers.allSatisfy { $0.bitPattern == numbers[0].bitPattern }
    }

    private static func append(_ form: Form, _ bytes: [UInt8], to writer: inout PackedWriter) {
        writer.byte(form.rawValue)
        writer.bytes += bytes
    }

    /// So many numbers; nil when the bytes don't hold them. The caller bounds the count.
    static func decode(_ count: Int, from reader: inout PackedReader) -> [Double]? {
        guard count > 0 else { return [] }
        guard let form = reader.byte().flatMap(Form.init) else { return nil }
        switch form {
        case .scaled: return ScaledNumbers.decode(count, from: &reader)
        case .xor: return decodeXOR(count, from: &reader)
        }
    }

    private static func decodeXOR(_ count: Int, from reader: inout PackedReader) -> [Double]? {
        guard let run = reader.run(), run.count >= 8, count <= run.count * 8 else { return nil }
        var bits = BitReader(reader.bytes, atByte: run.lowerBound)
        var numbers = [Double](repeating: 0, count: count)
        var values = XORValues(first: bits.read(64))
        numbers[0] = Double(bitPattern: values.last)
        for index in 1..<max(1, count) {
            guard let value = values.read(from: &bits) else { return nil }
            numbers[index] = Double(bitPattern: value)
        }
        return bits.at <= run.upperBound * 8 ? numbers : nil
    }
}
