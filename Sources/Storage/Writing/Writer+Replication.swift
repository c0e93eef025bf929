/// What a cluster's node asks of the writer.
extension Writer {
    func replicate(_ request: WriteRequest) throws(SQLiteFailure) -> () -> Void {
        switch request {
        case .archive(let entries, let partition, let epoch, let answer):
            let result = try tables.archive(entries, in: partition, epoch: epoch)
            return { answer.resume(returning: result) }
        case .cut(let bookmark, let partition, let answer):
            let isCut = try tables.cut(partition, to: bookmark)
            return { [revisions] in
                revisions.advanceAll()
                answer.resume(returning: .success(isCut))
            }
        case .keep(let strays, let partition, let answer):
            try tables.keep(strays, in: partition)
            return { answer.resume(returning: .success(())) }
        case .strays(let partition, let answer):
            let strays = try tables.strays(in: partition)
            return { answer.resume(returning: .success(strays)) }
        case .turn(let bookmark, let partition, let answer):
            try tables.begin(bookmark, in: partition)
            return { answer.resume(returning: .success(())) }
        case .open(let partition, let answer):
            try tables.open(partition)
            return { answer.resume(returning: .success(())) }
        case .take(let part, let answer):
            let strays = try tables.take(part)
            return { [revisions] in
                revisions.advanceAll()
                answer.resume(returning: .success(strays))
            }
        case .complete(let partition, let outline, let answer):
            try tables.complete(partition, as: outline)
            return { answer.resume(returning: .success(())) }
        default:
            preconditionFailure("That is none of a cluster's requests.")
        }
    }
}
