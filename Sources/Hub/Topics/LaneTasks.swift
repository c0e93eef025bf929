/// A lane as the place where tasks run that prefer one: for work in many short steps that speaks to
/// topics, so that it does not change threads with each of them.
final class LaneTasks: TaskExecutor {
    private let lane: any Lane

    init(_ lane: any Lane) {
        self.lane = lane
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        lane.submit { [self] in job.runSynchronously(on: asUnownedTaskExecutor()) }
    }
}
