import Testing
import TimeSeries

@Suite("Numbers as text")
struct NumberTextTests {
    private static func double(_ text: String) -> Double? {
        let bytes = Array("[\(text)]".utf8)
        return NumberText.double(bytes.span.bytes, 1..<bytes.count - 1)
    }

    private static func integer(_ text: String) -> Int64? {
        let bytes = Array("[\(text)]".utf8)
        return NumberText.integer(bytes.span.bytes, 1..<bytes.count - 1)
    }

    @Test(
        "Numbers are read as Go reads them",
        arguments: [
            ("0", 0), ("-0", -0.0), ("1", 1), ("+1", 1), ("1.", 1), (".5", 0.5), ("-1.25", -1.25),
            ("1e3", 1000), ("1E-3", 0.001), ("1e+06", 1e6), ("123456789.125", 123_456_789.125),
            ("0.1", 0.1), ("9007199254740993", 9_007_199_254_740_992),
            ("1.7976931348623157e308", 1.7976931348623157e308),
            ("5e-324", Double.leastNonzeroMagnitude), ("Inf", .infinity), ("+inf", .infinity),
            ("-Infinity", -.infinity),
            ("0x1p-2", 0.25), ("0.000000000000000001", 1e-18), ("100000000000000000", 1e17),
        ] as [(String, Double)]
    )
    func numbers(_ text: String, _ number: Double) {
        #expect(Self.double(text)?.bitPattern == number.bitPattern)
    }

    @Test("Not a number is one, and never the stale marker", arguments: ["NaN", "nan", "NAN"])
    func notANumber(_ text: String) {
        let value = Self.double(text)
        #expect(value?.isNaN == true)
        #expect(value?.bitPattern != Sample.staleMarker.bitPattern)
    }

    @Test(
        "What is no number is none",
        arguments: [
            "", "-", "+", ".", "1 ", " 1", "1,5", "1_000", "--1", "+-1", "1e", "e5", "0x", "1.2.3",
            "nan(0x2)",
            "-nan", "infinit", "in", "ä", "1\u{0}", "snan",
        ]
    )
    func refused(_ text: String) {
        #expect(Self.double(text) == nil)
    }

    @Test("Any number comes back from its own description")
    func roundTrip() {
        var dice = FormatDice(6)
        for _ in 0..<20_000 {
            let number =
                dice.isOne(in: 2)
                ? Double(bitPattern: dice.next()) : Double(dice.below(1_000_000)) / 1000
            guard number.isFinite else { continue }
            #expect(Self.double("\(number)")?.bitPattern == number.bitPattern)
            #expect(Self.double(NumberText.canonical(number))?.bitPattern == number.bitPattern)
        }
    }

    @Test(
        "Whole numbers are read to the last, and no further",
        arguments: [
            ("0", 0), ("-7", -7), ("+7", 7), ("9223372036854775807", .max),
            ("-9223372036854775808", .min), ("9223372036854775808", nil), ("", nil), ("-", nil),
            ("1.0", nil), ("12a", nil), ("99999999999999999999999", nil),
        ] as [(String, Int64?)]
    )
    func integers(_ text: String, _ number: Int64?) {
        #expect(Self.integer(text) == number)
    }

    @Test(
        "A bound of a bucket is written in one way",
        arguments: [
            (1, "1.0"), (0.1, "0.1"), (0, "0.0"), (-1, "-1.0"), (100_000, "100000.0"),
            (1e6, "1e+06"),
            (1_048_576, "1.048576e+06"), (0.0001, "0.0001"), (0.00001, "1e-05"), (1e-100, "1e-100"),
            (123.456, "123.456"), (2.5e10, "2.5e+10"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
            (0.00025, "0.00025"), (12_345_678, "1.2345678e+07"),
        ] as [(Double, String)]
    )
    func canonical(_ number: Double, _ text: String) {
        #expect(NumberText.canonical(number) == text)
    }

    @Test("What looks like a bound's one form is it")
    func form() {
        var dice = FormatDice(9)
        let pieces = ["0", "1", "25", "000", "00", ".", "5", "9", "10", "e", "123456", "-"]
        var seen: Set<String> = []
        for _ in 0..<20_000 {
            let text = (0...dice.below(4)).map { _ in dice.pick(pieces) }.joined()
            let bytes = Array(text.utf8)
            let form = NumberText.form(bytes.span.bytes, bytes.indices)
            guard form != .other else { continue }
            seen.insert("\(form)")
            let number = Self.double(text) ?? .nan
            let written = form == .canonical ? text : text + ".0"
            #expect(NumberText.canonical(number) == written)
        }
        #expect(seen.count == 2)
    }
}
