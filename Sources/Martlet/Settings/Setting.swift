/// One thing that can be set: its name, what it takes, what it means, and its place in `Settings`.
struct Setting: Sendable {
    /// Where in the settings a value goes.
    typealias Place<Value> = any WritableKeyPath<Settings, Value> & Sendable

    /// `tls.certificate`: in files as it is or nested, `MARTLET_TLS_CERTIFICATE` in the
    /// environment.
    let name: String
    /// What a value must be, to be read after "must be".
    let expectation: String
    let help: String
    let isList: Bool
    let isSecret: Bool
    /// Puts a value into the settings; false when it isn't as expected.
    let apply: @Sendable (SettingValue, inout Settings) -> Bool
    /// The value as it would be written.
    let show: @Sendable (Settings) -> String

    var environmentName: String {
        "MARTLET_"
            + name.uppercased().replacing(".", with: "_").replacing("-", with: "_")
    }

    /// A setting of one value that is made from text and back.
    static func one<Value>(
        _ name: String,
        _ path: Place<Value>,
        _ expectation: String,
        _ help: String,
        isSecret: Bool = false,
        read: @escaping @Sendable (String) -> Value?,
        write: @escaping @Sendable (Value) -> String
    ) -> Setting {
        Setting(
            name: name,
            expectation: expectation,
            help: help,
            isList: false,
            isSecret: isSecret,
            apply: { value, settings in
                guard case .one(let text) = value, let read = read(text) else { return false }
                settings[keyPath: path] = read
                return true
            },
            show: { write($0[keyPath: path]) }
        )
    }

    /// A setting of many values: a list in files, separated by commas elsewhere.
    static func many<Value>(
        _ name: String,
        _ path: Place<[Value]>,
        _ expectation: String,
        _ help: String,
        isSecret: Bool = false,
        read: @escaping @Sendable (String) -> Value?,
        write: @escaping @Sendable (Value) -> String
    ) -> Setting {
        Setting(
            name: name,
            expectation: expectation,
            help: help,
            isList: true,
            isSecret: isSecret,
            apply: { value, settings in
                let read = value.texts.map(read)
                guard !read.contains(where: { $0 == nil }) else { return false }
                settings[keyPath: path] = read.compactMap { $0 }
                return true
            },
            show: { $0[keyPath: path].map(write).joined(separator: ",") }
        )
    }
}
