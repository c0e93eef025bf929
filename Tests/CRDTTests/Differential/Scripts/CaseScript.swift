/// A case: clients, and what they do in turn. Updates go astray and come twice, and at the end
/// everybody gets everything.
struct CaseScript {
    struct Client {
        let id: UInt64
        let collectsGarbage: Bool
    }

    enum Step {
        case edit(who: Int, [ScriptedEdit])
        /// Gives updates by their numbers among those made so far, whatever order they are in.
        case give(who: Int, [Int])
        /// Hands over what the other lacks.
        case exchange(from: Int, to: Int)
    }

    let seed: UInt64
    let clients: [Client]
    let steps: [Step]

    init(seed: UInt64, isForYjs: Bool) {
        self.seed = seed
        var dice = CaseDice(seed)
        var maker = EditMaker(dice: CaseDice(dice.next()), isForYjs: isForYjs)
        var ids: Set<UInt64> = []
        let isSmall = dice.isOne(in: 2)
        while ids.count < 2 + Int(seed % 3) {
            ids.insert(isSmall ? 1 + dice.next() % 9 : 1 + dice.next() % 0xFFFF_FFFE)
        }
        let isCollecting = dice.below(3)
        clients = ids.sorted().map {
            Client(
                id: $0,
                collectsGarbage: isCollecting == 2 ? dice.isOne(in: 2) : isCollecting == 0
            )
        }
        let count = clients.count
        steps = (0..<(4 + dice.below(16))).map { number in
            let who = dice.below(count)
            let move = number < count ? 0 : dice.below(8)
            switch move {
            case 0...4: return .edit(who: who, maker.edits(4))
            case 5, 6: return .give(who: who, (0...dice.below(5)).map { _ in dice.below(1000) })
            default: return .exchange(from: (who + 1) % count, to: who)
            }
        }
    }

    var json: String {
        let clients = clients.map { "{\"client\":\($0.id),\"gc\":\($0.collectsGarbage)}" }
        return """
            {"do":"case","clients":\(ScriptJSON.list(clients)),\
            "steps":\(ScriptJSON.list(steps.map(Self.json)))}
            """
    }

    private static func json(of step: Step) -> String {
        switch step {
        case .edit(let who, let edits):
            "{\"who\":\(who),\"edits\":\(ScriptJSON.list(edits.map(\.json)))}"
        case .give(let who, let numbers):
            "{\"who\":\(who),\"give\":\(ScriptJSON.list(numbers.map(String.init)))}"
        case .exchange(let from, let to): "{\"who\":\(to),\"from\":\(from)}"
        }
    }
}
