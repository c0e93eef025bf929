import Hub
import Testing

/// If these fail, senders fill the hub's memory with texts.
@Suite("Descriptions of metrics")
struct MetricDescriptionsTests {
    @Test("Long texts are cut between characters; long units and names are left out")
    func long() {
        let descriptions = MetricDescriptions()
        let help = "x" + String(repeating: "ä", count: 4096)
        let unit = String(repeating: "u", count: 257)
        descriptions.note(MetricDescription(help: help, unit: unit), of: "a")
        descriptions.note(MetricDescription(), of: String(repeating: "n", count: 4097))
        #expect(Array(descriptions.all.keys) == ["a"])
        // One byte, and 2,047 times two.
        #expect(descriptions.all["a"]?.help == String(help.prefix(2048)))
        #expect(descriptions.all["a"]?.unit == "")
    }
}
