import ArgumentParser
import Glibc

/// The servers that speak, each in its own tongue.
enum ServerKind: String, CaseIterable, Sendable, ExpressibleByArgument {
    case hub
    case nats
    case nchan

    var tongue: any Tongue {
        switch self {
        case .hub: HubTongue()
        case .nats: NATSTongue()
        case .nchan: NchanTongue()
        }
    }

    /// Peers are measured where they are installed.
    var isInstalled: Bool {
        switch self {
        case .hub: true
        case .nats: Self.isInPath("nats-server")
        case .nchan:
            Self.isInPath("nginx") && access(NchanConfiguration.modulePath, R_OK) == 0
        }
    }

    static func isInPath(_ name: String) -> Bool {
        let path = getenv("PATH").map { String(cString: $0) } ?? ""
        return path.split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
    }
}
