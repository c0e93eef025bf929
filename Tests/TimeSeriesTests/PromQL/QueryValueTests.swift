import Testing

@testable import TimeSeries

@Suite("PromQL: answers as JSON")
struct QueryValueTests {
    @Test(
        "Numbers are printed as Go prints them",
        arguments: [
            (0, "0"), (-0.0, "-0"), (1, "1"), (-1.5, "-1.5"), (0.1, "0.1"), (100, "100"),
            (1e20, "100000000000000000000"), (1e21, "1e+21"), (-1.5e300, "-1.5e+300"),
            (0.000001, "0.000001"), (0.00000123, "0.00000123"), (1e-7, "1e-07"),
            (.leastNonzeroMagnitude, "5e-324"), (123_456_789.125, "123456789.125"), (.nan, "NaN"),
            (.infinity, "+Inf"), (-.infinity, "-Inf"), (9_007_199_254_740_992, "9007199254740992"),
            (1.7976931348623157e308, "1.7976931348623157e+308"), (1.0 / 3, "0.3333333333333333"),
            (12_345_678_901_234_567_168, "12345678901234567000"), (0.00012, "0.00012"),
            (0.00001, "0.00001"),
        ]
    )
    func numbers(value: Double, text: String) {
        var bytes: [UInt8] = []
        value.appendJSON(to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == text)
    }

    @Test("Labels of histograms have no exponents")
    func labels() {
        #expect(1e21.goText == "1000000000000000000000")
        #expect(1e-7.goText == "0.0000001")
        #expect((-2.5).goText == "-2.5")
    }

    @Test("What is printed reads back as the same number")
    func roundTrip() {
        var dice = SeededNumbers(3)
        for _ in 0..<2_000 {
            let value = Double(bitPattern: .random(in: 0...UInt64.max, using: &dice))
            guard value.isFinite else { continue }
            var bytes: [UInt8] = []
            value.appendJSON(to: &bytes)
            #expect(Double(String(decoding: bytes, as: UTF8.self)) == value)
            #expect(Double(value.goText) == value)
        }
    }

    @Test("Each kind of answer has Prometheus' form")
    func envelopes() {
        let labels = Labels([("__name__", "x"), ("a", "b\"\\\n\u{1}ä")])
        let sample = Sample(at: 1_435_781_430_781, value: 1.5)
        let metric = #"{"__name__":"x","a":"b\"\\\n\u0001ä"}"#
        expect(.scalar(sample), #"{"resultType":"scalar","result":[1435781430.781,"1.5"]}"#)
        expect(
            .string("a\"", at: 1000),
            #"{"resultType":"string","result":[1,"a\""]}"#
        )
        let element = QueryValue.Element(labels: labels, sample: Sample(at: 1_050, value: .nan))
        expect(
            .vector([element, element]),
            #"{"resultType":"vector","result":[{"metric":\#(metric),"value":[1.050,"NaN"]},"#
                + #"{"metric":\#(metric),"value":[1.050,"NaN"]}]}"#
        )
        let series = SeriesColumns(labels: .empty, times: [-1, 1_001], values: [1, .infinity])
        expect(
            .matrix([series]),
            #"{"resultType":"matrix","result":[{"metric":{},"#
                + #""values":[[-0.001,"1"],[1.001,"+Inf"]]}]}"#
        )
        expect(.vector([]), #"{"resultType":"vector","result":[]}"#)
    }

    private func expect(_ value: QueryValue, _ json: String) {
        let text = String(decoding: value.jsonEnvelope, as: UTF8.self)
        #expect(text == #"{"status":"success","data":\#(json)}"#)
    }

    @Test("An error says whose fault it is")
    func errors() throws {
        let error = #expect(throws: PromQLError.self) { try PromQuery.parse("a{") }
        let json = String(decoding: try #require(error).jsonEnvelope, as: UTF8.self)
        #expect(
            json == #"{"status":"error","errorType":"bad_data","error":"invalid parameter "#
                + #"\"query\": 1:3: parse error: unexpected end of input inside braces"}"#
        )
    }

    @Test("A matrix is sorted by labels, whatever the order of the data")
    func order() throws {
        let names = ["a", "ab", "b", "a"]
        let data = zip(names, ["2", "1", "1", "10"]).map { name, id in
            SeriesColumns(labels: Labels([("job", name), ("x", id)]), times: [0], values: [1])
        }
        let range = try QueryRange(from: 0, through: 0, step: 1)
        let query = try PromQuery.parse("{job!=\"\"}")
        guard case .matrix(let series) = try query.evaluate([data], over: range) else {
            Issue.record("A range query gives a matrix")
            return
        }
        #expect(
            series.map { "\($0.labels)" } == [
                #"{job="a", x="10"}"#, #"{job="a", x="2"}"#, #"{job="ab", x="1"}"#,
                #"{job="b", x="1"}"#,
            ]
        )
    }
}
