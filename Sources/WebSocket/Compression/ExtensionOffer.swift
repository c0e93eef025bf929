/// One element of Sec-WebSocket-Extensions: RFC 6455, section 9.1.
package struct ExtensionOffer: Equatable, Sendable {
    package struct Parameter: Equatable, Sendable {
        package let name: String
        package let value: String?
    }

    package let name: String
    package let parameters: [Parameter]

    /// Reads the elements of all fields, in order; nil if one of them is not written as it must be.
    static func parse(_ values: [String]) -> [ExtensionOffer]? {
        var offers: [ExtensionOffer] = []
        for value in values {
            var scanner = Scanner(bytes: Array(value.utf8))
            guard scanner.appendOffers(to: &offers) else { return nil }
        }
        return offers
    }
}

extension ExtensionOffer {
    /// Walks through one field's value.
    private struct Scanner {
        let bytes: [UInt8]
        var index = 0

        init(bytes: [UInt8]) {
            self.bytes = bytes
        }

        /// `offer *( "," offer )`; an element may be empty (RFC 9110, section 5.6.1.2).
        mutating func appendOffers(to offers: inout [ExtensionOffer]) -> Bool {
            repeat {
                skipBlanks()
                if index == bytes.count || bytes[index] == UInt8(ascii: ",") { continue }
                guard let offer = offer() else { return false }
                offers.append(offer)
            } while skip(",")
            return index == bytes.count
        }

        /// `token *( ";" parameter )`
        private mutating func offer() -> ExtensionOffer? {
            guard let name = token() else { return nil }
            var parameters: [Parameter] = []
            while skip(";") {
                guard let name = token() else { return nil }
                var value: String?
                if skip("=") {
                    value = skip("\"") ? quoted() : token()
                    guard value != nil else { return nil }
                }
                parameters.append(Parameter(name: name, value: value))
            }
            return ExtensionOffer(name: name, parameters: parameters)
        }

        private mutating func token() -> String? {
            skipBlanks()
            let start = index
            while index < bytes.count, Token.contains(bytes[index]) { index += 1 }
            return start == index ? nil : String(decoding: bytes[start..<index], as: UTF8.self)
        }

        /// The rest of a quoted string. What it holds must be a token, so a backslash can only
        /// stand before a token's character.
        private mutating func quoted() -> String? {
            var text: [UInt8] = []
            while index < bytes.count, bytes[index] != UInt8(ascii: "\"") {
                if bytes[index] == UInt8(ascii: "\\") { index += 1 }
                guard index < bytes.count, Token.contains(bytes[index]) else { return nil }
                text.append(bytes[index])
                index += 1
            }
            guard index < bytes.count, !text.isEmpty else { return nil }
            index += 1
            return String(decoding: text, as: UTF8.self)
        }

        private mutating func skip(_ character: Unicode.Scalar) -> Bool {
            skipBlanks()
            guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
            index += 1
            return true
        }

        private mutating func skipBlanks() {
            while index < bytes.count, Token.isBlank(bytes[index]) { index += 1 }
        }
    }
}
