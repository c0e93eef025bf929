import Foundation
import Gateway
import Hub
import Storage
import Testing

@testable import Martlet

@Suite("Settings")
struct SettingsTests {
    private func read(
        flags: [String: String] = [:],
        environment: [String: String] = [:],
        file: String? = nil,
        ending: String = "yaml"
    ) throws(SettingsError) -> EffectiveSettings {
        var reader = SettingsReader()
        reader.flags = flags.mapValues { .one($0) }
        reader.environment = environment
        let path = NSTemporaryDirectory() + "settings-\(UUID().uuidString).\(ending)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        if let file {
            _ = FileManager.default.createFile(atPath: path, contents: Data(file.utf8))
            reader.file = path
        }
        return try reader.read()
    }

    private func mistakes(
        flags: [String: String] = [:],
        environment: [String: String] = [:],
        file: String? = nil,
        ending: String = "yaml"
    ) -> [String] {
        do throws(SettingsError) {
            _ = try read(flags: flags, environment: environment, file: file, ending: ending)
            return []
        } catch {
            return error.mistakes
        }
    }

    @Test(
        "Flags win over the environment, it over the file, and that over the defaults",
        arguments: [
            (nil, nil, nil, 8_000), (nil, nil, "port: 3", 3), (nil, "2", "port: 3", 2),
            ("1", "2", "port: 3", 1), ("1", nil, nil, 1), ("1", nil, "port: 3", 1),
            (nil, "2", nil, 2),
        ] as [(String?, String?, String?, Int)]
    )
    func precedence(flag: String?, variable: String?, file: String?, expected: Int) throws {
        let effective = try read(
            flags: flag.map { ["port": $0] } ?? [:],
            environment: variable.map { ["MARTLET_PORT": $0] } ?? [:],
            file: file
        )
        #expect(effective.settings.listening.port == expected)
        let setting = try #require(SettingsTable.setting("port"))
        switch effective.source(of: setting) {
        case .flag: #expect(flag != nil)
        case .environment(let name):
            #expect(flag == nil)
            #expect(name == "MARTLET_PORT")
        case .file: #expect(flag == nil && variable == nil && file != nil)
        case .standard: #expect(flag == nil && variable == nil && file == nil)
        }
    }

    @Test(
        "A file may be YAML or JSON, nested or not, and say the same",
        arguments: [
            (
                "yaml",
                "port: 1\norigins: [https://a.io, https://b.io]\nlimits:\n  lag: 2MiB\n"
            ),
            (
                "yaml",
                "port: 1\norigins:\n - https://a.io\n - https://b.io\nlimits.lag: 2MiB\n"
            ),
            (
                "yml",
                "# comment\n\"port\": \"1\"\norigins: https://a.io,https://b.io\nlimits.lag: 2MiB"
            ),
            (
                "json",
                #"{"port":1,"origins":["https://a.io","https://b.io"],"limits":{"lag":"2MiB"}}"#
            ),
            (
                "json",
                "{\n\t\"port\": 1,\"origins\": \"https://a.io, https://b.io\",\n"
                    + "\t\"limits.lag\": 2097152}"
            ),
        ]
    )
    func forms(ending: String, text: String) throws {
        let settings = try read(file: text, ending: ending).settings
        #expect(settings.listening.port == 1)
        #expect(settings.admission.origins == ["https://a.io", "https://b.io"])
        #expect(settings.links.lagBytes == 2 << 20)
    }

    @Test(
        "A target of scrapes is an address, or says more by names, in YAML as in JSON",
        arguments: [
            (
                "yaml",
                """
                metrics:
                  scrape:
                    - http://a:1/metrics
                    - url: http://b:2/metrics
                      interval: 5s
                      labels: {env: test}
                      relabel:
                        - {source: [code], regex: 5.., action: drop}
                """
            ),
            (
                "json",
                #"{"metrics.scrape":["http://a:1/metrics",{"url":"http://b:2/metrics","#
                    + #""interval":"5s","labels":{"env":"test"},"#
                    + #""relabel":[{"source":["code"],"regex":"5..","action":"drop"}]}]}"#
            ),
        ]
    )
    func targets(ending: String, text: String) throws {
        let texts = try read(file: text, ending: ending).settings.metrics.targets
        let targets = texts.compactMap { ScrapeTarget(text: $0) }
        #expect(targets.map(\.url) == ["http://a:1/metrics", "http://b:2/metrics"])
        #expect(targets.map(\.interval) == [.seconds(15), .seconds(5)])
        #expect(targets[1].labels.first?.value == "test")
        #expect(targets[1].filter.rules.map(\.source) == [["code"]])
    }

    @Test("Names that nobody knows are refused, with what was probably meant")
    func unknown() {
        #expect(
            mistakes(environment: ["MARTLET_PROT": "1"]) == [
                "There is no environment variable MARTLET_PROT; did you mean MARTLET_PORT?"
            ]
        )
        #expect(
            mistakes(flags: ["durabilty": "os"]) == [
                "There is no setting durabilty (flag); did you mean durability?"
            ]
        )
        let file = mistakes(file: "tls:\n  certificat: x\nzzzzzzzzzzzzzzzz: 1\n")
        #expect(file.count == 2)
        #expect(file.contains { $0.hasSuffix("did you mean tls.certificate?") })
        #expect(file.contains { $0.contains("zzzzzzzzzzzzzzzz") && !$0.contains("did you mean") })
        #expect(mistakes(environment: ["MARTLETS": "1", "PATH": "x"]).isEmpty)
    }

    @Test(
        "A bad value is told with its name, what it is, what it should be and where it stands",
        arguments: [
            ("port", "65536", "a number from 0 to 65535"),
            ("port", "http", "a number from 0 to 65535"),
            ("port", "", "a number"), ("durability", "tape", "disk or os"),
            ("echo", "maybe", "true or false"),
            ("drain", "10", "a time like"), ("drain", "11m", "a time like"),
            ("limits.lag", "1MB", "a size like"),
            ("rate.user", "10", "a number a second"), ("rate.user", "0/5", "a number a second"),
            ("proxies", "10.0.0.0/33", "addresses or ranges"),
            ("origins", "example.org", "origins like"),
            ("guests.grants", "room:*", "patterns and actions"),
            ("auth.jwks", "http://id.example/k", "a path, or"),
            ("log.level", "loud", "trace, debug"), ("loops", "-1", "a number from 0"),
        ]
    )
    func bad(name: String, value: String, expectation: String) throws {
        let found = mistakes(flags: [name: value])
        #expect(found.count == 1)
        let mistake = try #require(found.first)
        #expect(mistake.hasPrefix("\(name) must be \(expectation)"), "\(mistake)")
        #expect(mistake.contains("\"\(value)\""))
        #expect(mistake.hasSuffix("(flag)."))
    }

    @Test("All mistakes are told at once")
    func together() {
        let found = mistakes(
            flags: ["port": "x"],
            environment: ["MARTLET_LOOPS": "x", "MARTLET_NOPE": "1"],
            file: "durability: x"
        )
        #expect(found.count == 4)
    }

    @Test(
        "Files that are no configuration are refused",
        arguments: [
            ("yaml", "- a\n- b\n"), ("yaml", "a: [b: {c: d}]"), ("yaml", "port: 1\nport: 2"),
            ("yaml", "{"),
            ("yaml", "port: {\"host\": [[1]]}"), ("yaml", "just text"), ("json", "{"),
            ("json", "[]"), ("json", "7"),
            ("json", #"{"port":1,"port":2}"#), ("json", #"{"origins":[["a"]]}"#),
        ]
    )
    func malformed(ending: String, text: String) {
        #expect(!mistakes(file: text, ending: ending).isEmpty)
    }

    @Test(
        "An empty file, one of comments, and values of null set nothing",
        arguments: ["", "# nothing\n", "port:\n", "port: ~\n"]
    )
    func nothing(text: String) throws {
        #expect(try read(file: text).sources.isEmpty)
    }

    @Test("A file that can't be read is a mistake")
    func missing() {
        var reader = SettingsReader()
        reader.environment = ["MARTLET_CONFIG": "/nowhere/at/all.yaml"]
        #expect(throws: SettingsError.self) { _ = try reader.read() }
    }

    @Test("A variable that is set to nothing counts as unset")
    func emptyVariable() throws {
        #expect(try read(environment: ["MARTLET_PORT": ""]).settings.listening.port == 8_000)
    }

    @Test("Secrets are neither printed nor told in mistakes")
    func redaction() throws {
        let secret = "correct horse battery staple, and then some"
        let effective = try read(environment: [
            "MARTLET_AUTH_SECRETS": "\(secret)x,\(secret)y".replacing(", ", with: " ")
        ])
        #expect(effective.settings.admission.secrets.count == 2)
        let text = effective.lines.joined(separator: "\n")
        #expect(!text.contains("horse"))
        #expect(text.contains("auth.secrets = (secret),(secret)"))
        #expect(text.contains("# environment MARTLET_AUTH_SECRETS"))
        var dumped = ""
        dump(effective, to: &dumped)
        #expect(!dumped.contains("horse"))
    }

    @Test("Secrets and public keys come from files too, without the line break that ends them")
    func keyFiles() throws {
        let path = NSTemporaryDirectory() + "secret-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: path) }
        let secret = "a secret from a file, long enough to be one"
        _ = FileManager.default.createFile(atPath: path, contents: Data((secret + "\n").utf8))
        let settings = try read(flags: ["auth.secret-files": path]).settings
        #expect(settings.admission.secrets.map { $0.matches(Array(secret.utf8)) } == [true])
        #expect(!settings.admission.isOpen)
        #expect(!mistakes(flags: ["auth.key-files": path + "-missing"]).isEmpty)
    }

    @Test("What can't go together is refused")
    func combinations() {
        #expect(!mistakes(flags: ["tls.key": "k.pem"]).isEmpty)
        #expect(mistakes(flags: ["tls.key": "k.pem", "tls.certificate": "c.pem"]).isEmpty)
    }

    @Test("Each default is what its own text says, and each setting has a name of its own")
    func defaults() throws {
        let standard = Settings()
        for setting in SettingsTable.all where !setting.isSecret {
            var again = Settings()
            let text = setting.show(standard)
            let value: SettingValue =
                setting.isList
                ? .many(text.isEmpty ? [] : text.split(separator: ",").map(String.init))
                : .one(text)
            #expect(setting.apply(value, &again), "\(setting.name) = \(text)")
            #expect(setting.show(again) == text, "\(setting.name)")
            #expect(setting.help.hasSuffix("."), "\(setting.name)")
        }
        // A name that others begin with could not be nested beside them.
        for setting in SettingsTable.all {
            #expect(!SettingsTable.all.contains { $0.name.hasPrefix(setting.name + ".") })
        }
        let names = SettingsTable.all.map(\.environmentName)
        #expect(Set(names).count == names.count)
        #expect(EffectiveSettings.markdown.count == SettingsTable.all.count + 2)
        #expect(
            SettingsTable.setting("auth.secret-files")?.environmentName
                == "MARTLET_AUTH_SECRET_FILES"
        )
    }

    @Test("Every setting can be given by flag, environment and file alike")
    func everywhere() throws {
        for setting in SettingsTable.all where !setting.isSecret {
            let text = setting.show(Settings())
            guard !text.isEmpty else { continue }
            let quoted = "{\"\(setting.name)\": \"\(text)\"}"
            let all = [
                try read(flags: [setting.name: text]),
                try read(environment: [setting.environmentName: text]),
                try read(file: quoted, ending: "json"),
            ]
            for effective in all {
                #expect(effective.source(of: setting) != .standard, "\(setting.name)")
            }
        }
    }

    @Test("Times and sizes are read as they are written, and nothing else is")
    func texts() {
        for text in ["0", "1ms", "999ms", "1s", "61s", "2m", "3h", "7d"] {
            #expect(DurationText.read(text).map(DurationText.text) == text)
        }
        for text in [
            "", "s", "1", "-1s", "1.5s", "1 s", "1S", "1w", "99999999999999999999s",
            "9223372036854775807d",
        ] {
            #expect(DurationText.read(text) == nil, "\(text)")
        }
        for text in ["0", "1", "1023", "1KiB", "3MiB", "1GiB", "1025KiB"] {
            #expect(ByteCount.read(text).map(ByteCount.text) == text)
        }
        for text in ["", "KiB", "1kb", "-1", "1.5MiB", "9223372036854775807GiB", "1 KiB"] {
            #expect(ByteCount.read(text) == nil, "\(text)")
        }
    }
}
