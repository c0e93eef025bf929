import ArgumentParser
import Hub
import Storage

/// Tells what documents take and hold, a line of JSON each.
struct DocInspectCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Tell sizes, clients and what waits of one document or all, as lines of JSON."
    )

    @OptionGroup var options: SettingsOptions

    @Argument(help: "The document's name; without one, all.")
    var name: String?

    func perform() async throws(Failure) {
        let settings = try options.read().settings
        try await Self.withStore(settings) { [name] store throws(Failure) in
            for topic in try await Self.documents(name, in: store) {
                let found = try await Self.stored { () async throws(JournalError) in
                    try await DocumentWorkbench(store.journal).inspect(topic)
                }
                guard let found else {
                    throw Failure(.noInput, "There is no document \(topic.name).")
                }
                var line: JSON = ["name": .string(String(topic.name))]
                if case .object(let members) = found {
                    for member in members { line.append(member.key, member.value) }
                }
                Terminal.say(String(decoding: line.encoded(), as: UTF8.self))
            }
        }
    }
}
