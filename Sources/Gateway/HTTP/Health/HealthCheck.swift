/// One thing that must work for the hub to work, such as writing to the journal.
package struct HealthCheck: Sendable {
    package let name: String
    /// Tries it: nil when it works, else one word or two for an operator, without secrets.
    package let probe: @Sendable () async -> String?

    package init(name: String, probe: @escaping @Sendable () async -> String?) {
        self.name = name
        self.probe = probe
    }
}
