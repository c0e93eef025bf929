/// What a server's message means to a load test.
enum Heard {
    /// The subscription stands; what comes next has the position after this one.
    case joined(epoch: String, position: Int)
    /// A message that somebody posted. Position -1: this server doesn't number messages.
    case delivered(position: Int, Stamp)
    /// Something else that has a position.
    case passed(position: Int)
    /// Our post is stored.
    case acknowledged(id: Int, position: Int)
    /// What we asked for was refused.
    case refused(id: Int)
    /// The server's queue for us has become a cursor.
    case lagging
}
