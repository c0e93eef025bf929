/// The bounds and periods that every topic keeps.
package struct TopicSettings: Sendable {
    /// Commands that may wait; past it they are refused as `busy`.
    package var queueMaximum = 8192
    /// Commands of one turn.
    package var turnMaximum = 1024
    /// Whether other nodes write to the same topics.
    package var isShared = false
    /// How often a turn is decided again because other nodes were first, before its senders are
    /// told to come back.
    package var conflictsMaximum = 32
    /// How many commands must wait for the next turn to be decided while one is being stored.
    package var overlapMinimum = 32
    /// Records between two snapshots.
    package var snapshotEvery = 1000
    /// How long a topic without members and commands stays loaded.
    package var idleAfter: Duration = .seconds(60)
    /// How long a user whose connection was lost is still shown as present.
    package var presenceGrace: Duration = .seconds(5)
    /// Present users beyond which a room gets counts and slow diffs instead of lists.
    package var listedMaximum = 500
    /// How long presence changes are gathered before they are shown; ten times that in large rooms.
    package var presenceDelay: Duration = .milliseconds(100)
    /// How long a join waits until the other nodes have told who is present there.
    package var answerPatience: Duration = .milliseconds(250)
    /// How often a topic that has had members tells the other nodes that they know them all.
    package var pulsePeriod: Duration = .seconds(5)
    /// Between two questions to the other nodes.
    package var questionGap: Duration = .seconds(1)
    /// Between two showings of a state to a member that wants it conflated.
    package var conflationPeriod: Duration = .milliseconds(100)
    /// Keys of recent commands that are remembered in memory, so that a quick retry is cheap.
    package var recentKeysMaximum = 1024

    package init() {}
}
