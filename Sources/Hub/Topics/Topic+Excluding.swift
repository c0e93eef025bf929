/// Members who lose their place by what another node has decided. It is read from the records,
/// which come for certain, and not told besides.
extension Topic {
    /// After they were taken in.
    func exclude(by records: [Record]) {
        guard !audience.isEmpty else { return }
        for record in records where L.excludingTypes.contains(record.type) {
            guard let event = L.Happening(type: record.type, payload: record.payload),
                let exclusion = L.exclusion(by: event)
            else { continue }
            if exclusion.sparesAdmitted {
                guard ledger != nil else { continue }
                expel(exclusion.user, reason: exclusion.reason) { isRefused($0) }
            } else {
                expel(exclusion.user, reason: exclusion.reason) { _ in true }
            }
        }
        if ledger == nil { reviseLater() }
    }

    /// The state has to be read to know whom it admits.
    func reviseLater(after delay: Duration = .zero) {
        guard !revisionIsDue, !audience.isEmpty else { return }
        revisionIsDue = true
        let revise: @Sendable () -> Void = { [weak self] in
            self?.assumeIsolated { $0.receive(.revision) }
        }
        if delay > .zero { lane.submit(after: delay, revise) } else { lane.submit(revise) }
    }

    /// The topic was loaded again, with records in it that its members may not have been told of.
    func excludeRefused() {
        guard ledger != nil else { return reviseLater(after: .seconds(1)) }
        expel(nil, reason: "forbidden") { isRefused($0) }
    }

    /// What its former token granted by name may be what it was let in for.
    func excludeIfRefused(_ connection: ConnectionID) {
        guard ledger != nil else { return reviseLater(after: .seconds(1)) }
        audience.expel(connection, from: id, reason: "forbidden") { isRefused($0) }
    }

    private func expel(
        _ user: String?,
        reason: String,
        _ isExpelled: (Principal) -> Bool
    ) {
        audience.expel(
            { principal in (user.map { $0 == principal.user } ?? true) && isExpelled(principal) },
            from: id,
            reason: reason
        )
    }

    func isRefused(_ principal: Principal, _ fields: JSON = [:]) -> Bool {
        guard ledger != nil else { return false }
        do throws(Rejection) {
            _ = try admit(principal, fields)
            return false
        } catch {
            return true
        }
    }
}
