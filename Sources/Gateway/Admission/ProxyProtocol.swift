/// The header that a load balancer puts before a connection's bytes, telling who the client is:
/// HAProxy's PROXY protocol, versions 1 (text) and 2 (binary).
///
/// Expected from trusted proxies only, and then required: a port that takes both would let clients
/// choose their address.
package enum ProxyProtocol {
    package enum Result: Sendable, Hashable {
        /// What came so far may be the beginning of a header.
        case needsMore
        /// This is no header; the connection is to be closed.
        case malformed
        /// The header took so many bytes.
        case header(ProxyHeader, length: Int)
    }

    /// Of version 2, with room for the extensions (TLVs) that are in use.
    package static let bytesMaximum = 4_096

    private static let signature: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A,
    ]
    private static let word = Array("PROXY ".utf8)

    package static func parse(_ bytes: [UInt8]) -> Result {
        if bytes.starts(with: signature) { return parseBinary(bytes) }
        if bytes.starts(with: word) { return parseText(bytes) }
        return signature.starts(with: bytes) || word.starts(with: bytes) ? .needsMore : .malformed
    }

    // MARK: Version 2

    private static func parseBinary(_ bytes: [UInt8]) -> Result {
        guard bytes.count >= 16 else {
            // The bytes that are there may already be wrong.
            if bytes.count > 12, command(bytes[12]) == nil { return .malformed }
            return .needsMore
        }
        let length = 16 + (Int(bytes[14]) << 8 | Int(bytes[15]))
        guard let isProxied = command(bytes[12]), length <= bytesMaximum else { return .malformed }
        guard bytes.count >= length else { return .needsMore }
        guard isProxied else { return .header(.local, length: length) }
        let addresses = bytes[16..<length]
        switch bytes[13] {
        case 0x11, 0x12: return proxied(addresses, width: 4, length: length)
        case 0x21, 0x22: return proxied(addresses, width: 16, length: length)
        // Unspecified or Unix sockets: there is no address to take.
        case 0x00, 0x31, 0x32: return .header(.local, length: length)
        default: return .malformed
        }
    }

    /// Version and command in one byte: true for PROXY, false for LOCAL.
    private static func command(_ byte: UInt8) -> Bool? {
        switch byte {
        case 0x20: false
        case 0x21: true
        default: nil
        }
    }

    /// Source, destination, source port, destination port.
    private static func proxied(_ bytes: ArraySlice<UInt8>, width: Int, length: Int) -> Result {
        let ports = bytes.startIndex + 2 * width
        guard bytes.count >= 2 * width + 4,
            let source = IPAddress(bytes: bytes.prefix(width))
        else { return .malformed }
        let port = UInt16(bytes[ports]) << 8 | UInt16(bytes[ports + 1])
        return .header(.proxied(source, port: port), length: length)
    }

    // MARK: Version 1

    private static let lineMaximum = 107

    private static func parseText(_ bytes: [UInt8]) -> Result {
        let line = bytes.prefix(lineMaximum)
        guard let end = line.firstIndex(of: 0x0A) else {
            return bytes.count >= lineMaximum ? .malformed : .needsMore
        }
        guard line[end - 1] == 0x0D else { return .malformed }
        let words = line[..<(end - 1)].split(
            separator: UInt8(ascii: " "),
            omittingEmptySubsequences: false
        ).map { String(decoding: $0, as: UTF8.self) }
        guard words.count >= 2 else { return .malformed }
        if words[1] == "UNKNOWN" { return .header(.local, length: end + 1) }
        guard words.count == 6, let family = family(words[1]),
            let source = address(words[2], family), address(words[3], family) != nil,
            let port = port(words[4]), self.port(words[5]) != nil
        else { return .malformed }
        return .header(.proxied(source, port: port), length: end + 1)
    }

    /// True for IPv6.
    private static func family(_ word: String) -> Bool? {
        switch word {
        case "TCP4": false
        case "TCP6": true
        default: nil
        }
    }

    private static func address(_ text: String, _ isV6: Bool) -> IPAddress? {
        guard text.contains(":") == isV6, !text.contains("["), !text.contains("%") else {
            return nil
        }
        return IPAddress(text)
    }

    private static func port(_ text: String) -> UInt16? {
        guard text.utf8.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return UInt16(text)
    }
}
