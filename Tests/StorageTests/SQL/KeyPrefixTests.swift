import Testing

@testable import Storage

/// Keys that rise with time have prefixes that rise with time.
@Suite struct KeyPrefixTests {
    @Test(
        "A later key has a larger prefix",
        arguments: [
            ("01HF7YAT00ZZZZZZZZZZZZZZZZ", "01HF7YAT010000000000000000"),
            ("01hf7yat00zzzzzzzzzzzzzzzz", "01hf7yat010000000000000000"),
            ("7ZZZZZZZZH0000000000000000", "7ZZZZZZZZJ0000000000000000"),
            ("018bd12b-58a0-7fff-bfff-ffffffffffff", "018bd12b-58a1-7000-8000-000000000000"),
            ("018bd12b58a07fffbfffffffffffffff", "018bd12b58a170008000000000000000"),
            ("01HF7YAT00ZZZZZZZZZZZZZZZZ\u{1F}1", "01HF7YAT010000000000000000\u{1F}1"),
            ("", "a"), ("a", "c"), ("aa", "ac"), ("1700000", "1700001"), ("é", "ê\u{FFFF}"),
        ]
    )
    func order(earlier: String, later: String) {
        #expect(KeyPrefix.of(earlier) < KeyPrefix.of(later))
    }

    @Test("What only looks like an identifier has a prefix all the same")
    func others() {
        #expect(KeyPrefix.of(String(repeating: "-", count: 36)) > 0)
        #expect(KeyPrefix.of(String(repeating: "\u{FF}", count: 13)) > 0)
        #expect(KeyPrefix.of("01HF7YAT00UUUUUUUUUUUUUUUU") > 0)
    }
}
