/// A frame written down byte by byte, straight from RFC 6455, section 5.2: what the fast code is
/// compared with.
struct NaiveFrame {
    var first: UInt8
    var payload: [UInt8]
    var key: [UInt8]?

    init(_ first: UInt8, _ payload: [UInt8], key: [UInt8]? = nil) {
        self.first = first
        self.payload = payload
        self.key = key
    }

    var bytes: [UInt8] {
        var bytes = [first]
        let maskBit: UInt8 = key == nil ? 0 : 128
        if payload.count < 126 {
            bytes += [maskBit + UInt8(payload.count)]
        } else if payload.count < 65_536 {
            bytes += [maskBit + 126, UInt8(payload.count / 256), UInt8(payload.count % 256)]
        } else {
            bytes += [maskBit + 127, 0, 0, 0, 0]
            bytes += [24, 16, 8, 0].map { UInt8(payload.count >> $0 & 255) }
        }
        guard let key else { return bytes + payload }
        bytes += key
        for (index, byte) in payload.enumerated() {
            bytes.append(byte ^ key[index % 4])
        }
        return bytes
    }
}
