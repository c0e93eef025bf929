import Foundation
import Gateway

/// What follows from settings together: key files are read, and what can't go together is refused.
enum SettingsCompletion {
    private static let keyBytesMaximum = 64 * 1_024

    static func complete(_ settings: inout Settings) throws(SettingsError) {
        for path in settings.secretFiles {
            let text = try read(path, "auth.secret-files")
            // Editors and `echo` end a file with a line break that is no part of the secret.
            settings.admission.secrets.append(
                Secret(String(text.trimmingSuffix(while: \.isNewline)))
            )
        }
        for path in settings.publicKeyFiles {
            settings.admission.publicKeys.append(try read(path, "auth.key-files"))
        }
        guard let proxies = TrustedProxies(settings.proxies) else {
            preconditionFailure("Each of them was read before.")
        }
        settings.admission.trustedProxies = proxies
        settings.admission.revocationsPath = settings.store.directory + "/revocations.jsonl"
        if settings.loops == 0 {
            settings.loops = max(1, ProcessInfo.processInfo.activeProcessorCount)
        }
        guard settings.listening.certificate.isEmpty == settings.listening.key.isEmpty else {
            throw SettingsError("tls.certificate and tls.key are given together or not at all.")
        }
    }

    private static func read(_ path: String, _ name: String) throws(SettingsError) -> String {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw SettingsError("\(name): \(path) can't be read.")
        }
        guard data.count <= keyBytesMaximum, let text = String(validating: data, as: UTF8.self)
        else { throw SettingsError("\(name): \(path) holds no key.") }
        return text
    }
}

extension String {
    fileprivate func trimmingSuffix(while isTrimmed: (Character) -> Bool) -> Substring {
        var rest = self[...]
        while let last = rest.last, isTrimmed(last) { rest.removeLast() }
        return rest
    }
}
