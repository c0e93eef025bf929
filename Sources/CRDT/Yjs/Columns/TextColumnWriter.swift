/// A column of strings: all of them as one, and their lengths in UTF-16.
struct TextColumnWriter {
    private var text: [UInt8] = []
    private var lengths = UintRunWriter()

    /// Writes a string whose length in UTF-16 is known.
    mutating func write(_ source: [UInt8], _ range: Range<Int>, length: Int) {
        text.append(contentsOf: source[range])
        lengths.write(UInt64(length))
    }

    /// Writes a string that is known to be UTF-8.
    mutating func write(_ source: [UInt8], _ range: Range<Int>) {
        write(source, range, length: UTF8Text.knownLengthInUTF16(of: source, in: range))
    }

    mutating func finish() -> [UInt8] {
        var writer = ByteWriter()
        writer.writeVarBytes(text)
        writer.writeRaw(lengths.finish())
        return writer.finish()
    }
}
