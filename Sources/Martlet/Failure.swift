import ArgumentParser

/// Why a command ends early: a sentence for standard error, and a code of `sysexits.h` for scripts.
struct Failure: Error, CustomStringConvertible {
    enum Code: Int32, Sendable {
        /// The input data is wrong.
        case data = 65
        /// The input is missing or can't be read.
        case noInput = 66
        /// The service is not available.
        case unavailable = 69
        /// Our fault.
        case software = 70
        /// The system refused something: a port in use, no descriptors.
        case system = 71
        /// The output can't be made.
        case cannotCreate = 73
        /// Reading or writing failed.
        case io = 74
        /// Another process holds it: it may work later.
        case temporary = 75
        /// Not allowed.
        case noPermission = 77
        /// The configuration is wrong.
        case configuration = 78
    }

    let code: Code
    let description: String

    init(_ code: Code, _ description: String) {
        self.code = code
        self.description = description
    }

    init(_ error: SettingsError) {
        self.init(.configuration, error.description)
    }
}
