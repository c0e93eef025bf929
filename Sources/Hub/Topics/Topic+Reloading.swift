/// The log may become another than it was, when the cluster's shared one is lost: it is read again,
/// and members go on in it.
extension Topic {
    /// What is known of the log is worth nothing any more. With members it is read again at once.
    func forget() {
        reloads += 1
        ledger = nil
        absorbed = []
        recentKeys = RecentKeys(maximum: surroundings.settings.recentKeysMaximum)
        isTurned = true
        reviseLater()
    }
}
