import Testing
import TimeSeries

@Suite("Labels")
struct LabelsTests {
    @Test("Labels are equal whatever their order, and empty ones don't count")
    func canonical() {
        let one = Labels([("b", "2"), ("__name__", "up"), ("a", "1"), ("c", "")])
        let other = Labels([("a", "1"), ("b", "2"), ("__name__", "up")])
        #expect(one == other)
        #expect(one.name == "up")
        #expect(one["c"] == nil)
    }

    @Test("A label may be longer than one byte of length can say")
    func long() {
        let value = String(repeating: "ä", count: 10_000)
        let labels = Labels([("__name__", "up"), ("text", value), ("z", "1")])
        #expect(labels["text"] == value)
        #expect(labels["z"] == "1")
    }

    @Test("Labels are shown as PromQL writes them")
    func description() {
        #expect("\(Labels([("__name__", "up")]))" == "up")
        #expect("\(Labels([("__name__", "up"), ("a", "x\"\\\n")]))" == #"up{a="x\"\\\n"}"#)
        #expect("\(Labels.empty)" == "{}")
    }
}
