import ArgumentParser
import Gateway
import Logging
import Reactor
import ServiceLifecycle
import Storage

/// Serves until it is told to stop.
struct ServeCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Serve.",
        discussion: """
            SIGTERM and SIGINT ask clients to move and then end the hub; a second one ends it at \
            once. SIGHUP reads certificate and keys again.
            """
    )

    @OptionGroup var options: ServingOptions

    func perform() async throws(Failure) {
        let settings = try options.read().settings
        let logger = LogSetup.logger(settings.log)
        Descriptors.raiseLimit()
        let signals = await Signals()
        let assembly = try await Assembly.start(settings, logger: logger)
        if settings.admission.isOpen {
            logger.warning(
                "The hub has no keys: whoever can reach loopback may do everything as a guest."
            )
        }
        let service = HubService(assembly: assembly)
        let group = ServiceGroup(services: [service], logger: logger)
        signals.watch {
            await service.begun()
            await group.triggerGracefulShutdown()
        } onHangup: { [options] in
            // What can no longer be read leaves the settings as they were.
            await assembly.reload((try? options.read())?.settings ?? settings)
        }
        Terminal.say(Self.announcement(assembly))
        do {
            try await group.run()
        } catch {
            throw Failure(.software, "The hub ended with an error: \(error)")
        }
    }

    /// The one line on standard output; whoever started the hub with port 0 reads the port here.
    static func announcement(_ assembly: Assembly) -> String {
        let settings = assembly.settings
        let scheme = settings.listening.isTLS ? "https" : "http"
        let places = assembly.addresses.map { address in
            if case .unix = address { "\(address)" } else { "\(scheme)://\(address)" }
        }
        let loops = settings.loops == 1 ? "1 loop" : "\(settings.loops) loops"
        return
            "martlet serves on \(places.joined(separator: ", ")) (data \(settings.store.directory),"
            + " durability \(settings.store.durability.rawValue), \(loops))"
    }
}
