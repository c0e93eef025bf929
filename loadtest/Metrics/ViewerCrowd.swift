/// Who takes part in a run of `Watching`.
final class ViewerCrowd {
    let tally: ViewingTally
    let sender: Customer
    let viewers: [Viewer]

    init(_ settings: Watching.Settings) {
        let tally = ViewingTally(streams: settings.streams)
        let masks = MaskSupply(seed: settings.seed)
        self.tally = tally
        sender = Customer(
            number: settings.viewers,
            name: "sender",
            masks: masks,
            violations: tally.violations
        )
        viewers = (0..<settings.viewers).map { number in
            let watched = (0..<settings.each).map { (number + $0) % settings.streams }
            for stream in watched { tally.viewers[stream] += 1 }
            return Viewer(number: number, streams: watched, tally: tally, masks: masks)
        }
    }

    /// The value tells when it was sent, in microseconds, and which it is by being the next.
    func push(to stream: Int, at: Int64) {
        let sent = tally.notePush(to: stream)
        let samples = "\"samples\":[{\"value\":\(sent),\"at\":\(at)}]"
        sender.ask("push", "stream:\(ViewingTally.name(stream))", samples) { [tally] answer, _ in
            tally.violations.require(answer.isOK, "A push was refused")
        }
    }
}
