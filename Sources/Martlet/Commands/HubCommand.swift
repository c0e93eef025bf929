import ArgumentParser
import Foundation

/// A command whose failures are told in a sentence and with a code of `sysexits.h`.
protocol HubCommand: AsyncParsableCommand {
    func perform() async throws(Failure)
}

extension HubCommand {
    func run() async throws {
        do throws(Failure) {
            try await perform()
        } catch {
            Terminal.complain("martlet: \(error)")
            throw ExitCode(error.code.rawValue)
        }
    }
}
