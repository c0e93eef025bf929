import Testing

@testable import Hub

@Suite("Money")
struct MoneyTests {
    @Test(
        "A currency has the digits of ISO 4217",
        arguments: [("JPY", 0), ("ISK", 0), ("UGX", 0), ("EUR", 2), ("HUF", 2), ("KWD", 3)]
    )
    func exponents(code: String, exponent: Int) throws {
        #expect(try #require(Currency(code)).exponent == exponent)
    }

    @Test("What is no currency is none", arguments: ["", "eur", "EURO", "XAU", "€", "EU"])
    func unknown(code: String) {
        #expect(Currency(code) == nil)
    }

    @Test("Sums and products that leave the bounds, or mix currencies, are nil")
    func bounds() throws {
        let euro = try #require(Currency("EUR"))
        let yen = try #require(Currency("JPY"))
        let most = try #require(Money(Money.amountMaximum, euro))
        let one = try #require(Money(1, euro))
        #expect(most.adding(one) == nil)
        #expect(one.adding(try #require(Money(1, yen))) == nil)
        #expect(one.subtracting(most)?.amount == 1 - Money.amountMaximum)
        #expect(most.times(2) == nil)
        #expect(one.times(.max) == nil)
        #expect(one.times(999)?.amount == 999)
        #expect(Money(.max, euro) == nil)
        #expect(Money(.min, euro) == nil)
    }

    @Test("It is written with its currency's digits")
    func text() throws {
        let cases: [(Int64, String, String)] = [
            (1290, "EUR", "12.90 EUR"), (5, "EUR", "0.05 EUR"), (0, "KWD", "0.000 KWD"),
            (1500, "JPY", "1500 JPY"), (-7, "USD", "-0.07 USD"),
        ]
        for (amount, code, text) in cases {
            let currency = try #require(Currency(code))
            #expect(Money(amount, currency)?.description == text)
        }
    }
}
