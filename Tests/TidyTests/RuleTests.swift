import Testing

/// Each rule is shown to catch what it is for, and to let its neighbour pass.
@Suite("The rules catch what they are for")
struct RuleTests {
    @Test("A rule objects to the bad sample, at the right lines", arguments: RuleSample.all)
    func catches(sample: RuleSample) {
        let findings = sample.rule.findings(in: sample.bad)
        #expect(findings.map(\.line).sorted() == sample.lines, "\(findings)")
    }

    @Test("A rule lets the good sample pass", arguments: RuleSample.all)
    func letsPass(sample: RuleSample) {
        let findings = sample.rule.findings(in: sample.good)
        #expect(findings.isEmpty, "\(findings)")
    }

    @Test("Every rule has a sample, and no two rules one name")
    func everyRuleHasSample() {
        let names = Rule.all.map(\.name)
        #expect(Set(RuleSample.all.map(\.rule.name)) == Set(names))
        #expect(Set(names).count == names.count)
    }

    @Test("A finding names the place, what is banned, and what to use")
    func findingReadsAsSentence() {
        let finding = Finding(path: "a/b.swift", line: 7, banned: "try!", use: "a typed failure")
        #expect(finding.description == "a/b.swift:7: try! is banned, use a typed failure")
    }

    @Test(
        "Words in names are found whole",
        arguments: [
            ("RoomManager", "Manager"), ("NewRoom", "New"), ("HTTPBodyV2", "V2"),
            ("MyRoom", "My"), ("MemberInfo", "Info"), ("JSONUtil", "Util"),
            ("Base64", nil), ("News", nil), ("Database", nil), ("Data", nil),
            ("Commonwealth", nil), ("DataFrame", nil), ("RenewedToken", nil),
        ] as [(String, String?)]
    )
    func findsBannedWord(name: String, word: String?) {
        #expect(Rule.bannedWord(in: name) == word)
    }
}
