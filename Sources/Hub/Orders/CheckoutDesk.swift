/// What the checkouts of a node share: who is at work on which order.
package final class CheckoutDesk: Sendable {
    package let settings: CheckoutSettings
    let turns = OneAtATime()
    let doubles = SharedWork()

    package init(settings: CheckoutSettings = CheckoutSettings()) {
        self.settings = settings
    }
}
