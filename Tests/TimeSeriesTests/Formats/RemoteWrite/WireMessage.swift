/// Writes protobuf messages, right ones and wrong ones.
struct WireMessage {
    private(set) var bytes: [UInt8] = []

    mutating func varint(_ value: UInt64) {
        var value = value
        while value >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: value) | 0x80)
            value >>= 7
        }
        bytes.append(UInt8(value))
    }

    mutating func add(_ field: UInt64, varint value: UInt64) {
        varint(field << 3)
        varint(value)
    }

    mutating func add(_ field: UInt64, fixed64 value: UInt64) {
        varint(field << 3 | 1)
        for shift in 0..<8 { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * shift))) }
    }

    mutating func add(_ field: UInt64, bytes value: [UInt8]) {
        varint(field << 3 | 2)
        varint(UInt64(value.count))
        bytes += value
    }

    mutating func add(_ field: UInt64, _ message: WireMessage) {
        add(field, bytes: message.bytes)
    }

    mutating func add(_ field: UInt64, text: String) {
        add(field, bytes: Array(text.utf8))
    }

    static func label(_ name: String, _ value: String) -> WireMessage {
        var message = WireMessage()
        message.add(1, text: name)
        message.add(2, text: value)
        return message
    }

    static func sample(at time: Int64, _ value: Double) -> WireMessage {
        var message = WireMessage()
        if value.bitPattern != 0 { message.add(1, fixed64: value.bitPattern) }
        if time != 0 { message.add(2, varint: UInt64(bitPattern: time)) }
        return message
    }

    static func series(_ labels: [(String, String)], _ samples: [(Int64, Double)]) -> WireMessage {
        var message = WireMessage()
        for (name, value) in labels { message.add(1, label(name, value)) }
        for (time, value) in samples { message.add(2, sample(at: time, value)) }
        return message
    }

    static func request(_ series: [WireMessage]) -> WireMessage {
        var message = WireMessage()
        for one in series { message.add(1, one) }
        return message
    }
}
