/// A currency of ISO 4217, and how many digits its minor unit has.
///
/// Those whose minor unit is not 0, 2 or 3 digits, and funds and metals, are none here.
package struct Currency: Hashable, Sendable, CustomStringConvertible {
    /// Three capital letters.
    package let code: String

    /// Nil unless the text is the code of a currency that is in use.
    package init?(_ code: String) {
        guard code.utf8.count == 3, Self.exponents[code] != nil else { return nil }
        self.code = code
    }

    /// Digits after the point: a minor unit is `10^-exponent` of the currency.
    package var exponent: Int { Self.exponents[code] ?? 2 }

    package var description: String { code }

    private static let exponents: [String: Int] = {
        let withoutMinor = """
            BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF
            """
        let thousandths = "BHD IQD JOD KWD LYD OMR TND"
        let hundredths = """
            AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN
            BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS
            GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR
            LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD
            PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN
            SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD YER ZAR ZMW
            ZWG
            """
        var exponents: [String: Int] = [:]
        for (codes, exponent) in [(withoutMinor, 0), (hundredths, 2), (thousandths, 3)] {
            for code in codes.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                exponents[String(code)] = exponent
            }
        }
        return exponents
    }()
}
