/// Reads a message of y-protocols: integers in groups of seven bits, and counted bytes.
struct ProtocolReader {
    private let bytes: [UInt8]
    private var index: Int

    init(_ bytes: [UInt8], from index: Int = 0) {
        self.bytes = bytes
        self.index = index
    }

    var isAtEnd: Bool { index >= bytes.count }

    /// What has not been read yet.
    var rest: [UInt8] { Array(bytes[index...]) }

    /// Nil at the end, and for more than JavaScript's 53 bits.
    mutating func number() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), through: 49, by: 7) {
            guard index < bytes.count else { return nil }
            let byte = bytes[index]
            index += 1
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value >> 53 == 0 ? value : nil }
        }
        return nil
    }

    /// Bytes with their count in front.
    mutating func counted() -> [UInt8]? {
        guard let count = number(), count <= UInt64(bytes.count - index) else { return nil }
        let end = index + Int(count)
        defer { index = end }
        return Array(bytes[index..<end])
    }

    mutating func text() -> String? {
        counted().flatMap { String(validating: $0, as: UTF8.self) }
    }
}
