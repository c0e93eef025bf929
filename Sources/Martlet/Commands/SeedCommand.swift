import ArgumentParser
import Gateway
import Hub
import Reactor
import Storage

/// Fills a hub with rooms, people and a shop, for trying it out.
struct SeedCommand: HubCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed",
        abstract:
            "Fill the data with rooms, people and a shop, for trying; the hub must not run.",
        discussion: "Run again, it changes nothing."
    )

    @OptionGroup var options: SettingsOptions

    func perform() async throws(Failure) {
        let settings = try options.read().settings
        let told = try await Self.withStore(settings) { store throws(Failure) in
            let loops = EventLoopGroup(loops: 1)
            loops.start()
            defer {
                loops.stop()
                loops.join()
            }
            let router = Router(
                lanes: loops.loops,
                surroundings: Surroundings(
                    journal: store.journal,
                    ids: RecordIDs(),
                    now: { Timestamp.now() },
                    settings: settings.topics
                ),
                archive: store.archive,
                documents: store.documents,
                orders: store.orders,
                stock: store.stock,
                products: store.products,
                logger: LogSetup.logger(settings.log)
            )
            do throws(Rejection) {
                let (rooms, messages) = try await Seeding(router).play()
                let skus = try await ShopSeeding(router).play()
                let orders = try await OrderSeeding(router).play(buying: skus)
                return """
                    \(rooms) rooms, \(messages) messages, \(skus.count) products and \
                    \(orders) orders
                    """
            } catch {
                throw Failure(.software, "The seed was refused: \(error.message)")
            }
        }
        Terminal.say(
            "\(settings.store.directory) has the seed's \(told)."
        )
    }
}
