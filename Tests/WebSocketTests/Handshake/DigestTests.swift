import Testing

@testable import WebSocket

@Suite("SHA-1 and base64")
struct DigestTests {
    private func hex(_ bytes: [UInt8]) -> String {
        bytes.map { (byte: UInt8) -> String in
            let digits = String(byte, radix: 16)
            return digits.count == 1 ? "0" + digits : digits
        }.joined()
    }

    @Test(
        "Digests are the standard's",
        arguments: [
            ("", 1, "da39a3ee5e6b4b0d3255bfef95601890afd80709"),
            ("abc", 1, "a9993e364706816aba3e25717850c26c9cd0d89d"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1,
                "84983e441c3bd26ebaae4aa1f95129e5e54670f1"
            ),
            (
                "0123456701234567012345670123456701234567012345670123456701234567", 10,
                "dea356a2cddd90c7a7ecedc5ebb563934f460452"
            ),
        ]
    )
    func digests(text: String, repeated: Int, digest: String) {
        let message = Array(String(repeating: text, count: repeated).utf8)
        #expect(hex(SHA1.digest(message)) == digest)
    }

    @Test(
        "Base64 is the standard's",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
        ]
    )
    func base64(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
        #expect(Base64.decodedCount(encoded) == text.utf8.count)
    }

    @Test(
        "What is no base64 has no length",
        arguments: ["Z", "Zg=", "Z===", "Zg=a", "Zm9-", "===="]
    )
    func noBase64(text: String) {
        #expect(Base64.decodedCount(text) == nil)
    }
}
