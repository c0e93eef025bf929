/// What happened to an item, and how much there is of it since.
///
/// At every event the holds that expired before it are gone: `lapsed` says how much they held. So
/// the level follows from the records and their times alone, whenever anyone looks after expired
/// holds.
package struct StockEvent: Event, Hashable {
    package let sku: String
    package let change: StockChange
    /// Behind it.
    package let level: StockLevel
    package let lapsed: Int64

    package init(sku: String, change: StockChange, level: StockLevel, lapsed: Int64) {
        self.sku = sku
        self.change = change
        self.level = level
        self.lapsed = lapsed
    }

    package var type: String { change.type }
}
