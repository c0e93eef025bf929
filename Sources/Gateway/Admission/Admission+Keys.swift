import Hub
import Logging

/// Where the keys come from, and how they are kept fresh.
extension Admission {
    /// Reads the key set again at its interval until the task is cancelled; returns at once when
    /// there is none.
    package func keepKeysFresh() async {
        guard settings.keySet != nil else { return }
        while (try? await Task.sleep(for: settings.keySetInterval)) != nil {
            try? await refreshKeys()
        }
    }

    /// Reads the key set now. What can't be read changes nothing.
    package func refreshKeys() async throws(AdmissionError) {
        do throws(KeyError) {
            try await verifier.refresh()
        } catch {
            throw .keySet(error)
        }
    }

    /// Takes the secrets and public keys of newer settings in the place of those in force.
    package func replaceKeys(with settings: AdmissionSettings) async throws(AdmissionError) {
        let keys = try await Self.keys(settings)
        do throws(KeyError) {
            try verifier.replace(keys: keys)
        } catch {
            throw .keys(error)
        }
    }

    static func verifier(
        _ settings: AdmissionSettings,
        logger: Logger
    ) async throws(AdmissionError) -> TokenVerifier {
        let keys = try await keys(settings)
        let published = settings.keySet.map {
            PublishedKeys($0, gapMinimum: settings.keySetGapMinimum, logger: logger)
        }
        do throws(KeyError) {
            try await published?.refresh()
        } catch {
            guard !keys.isEmpty else { throw .keySet(error) }
        }
        do throws(KeyError) {
            return try TokenVerifier(
                rules: settings.rules,
                keys: keys,
                published: published,
                remembering: settings.verifiedTokensMaximum
            )
        } catch {
            throw .keys(error)
        }
    }

    private static func keys(
        _ settings: AdmissionSettings
    ) async throws(AdmissionError) -> [VerificationKey] {
        var keys: [VerificationKey] = []
        for (index, secret) in settings.secrets.enumerated() {
            do throws(KeyError) {
                keys.append(try await VerificationKey(secret: secret))
            } catch {
                throw .secret(number: index + 1, error)
            }
        }
        for (index, pem) in settings.publicKeys.enumerated() {
            do throws(KeyError) {
                keys.append(try await VerificationKey(pem: pem))
            } catch {
                throw .publicKey(number: index + 1, error)
            }
        }
        return keys
    }
}
