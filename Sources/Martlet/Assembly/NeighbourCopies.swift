import AsyncHTTPClient
import Cluster
import Foundation
import Gateway
import Hub
import Logging
import NIOCore
import NIOHTTP1
import Synchronization

/// The other nodes' copies, asked over HTTP with the cluster's secret.
final class NeighbourCopies: CopySource, VersionSource {
    private static let answerBytesMaximum = 256 << 20
    private static let patience: TimeAmount = .seconds(30)

    private let registry: NodeRegistry
    private let secret: Secret
    private let logger: Logger
    /// Who gave the outline of a partition gives its parts.
    private let giving = Mutex<[Partition: String]>([:])

    init(_ registry: NodeRegistry, secret: Secret, logger: Logger) {
        self.registry = registry
        self.secret = secret
        self.logger = logger
    }

    func outline(of partition: Partition) async -> PartitionOutline? {
        for address in addresses(for: partition) {
            guard let bytes = await ask(address, "partitions/\(partition.number)"),
                let outline = CopyCoding.outline(bytes, of: partition)
            else { continue }
            giving.withLock { $0[partition] = address }
            return outline
        }
        return nil
    }

    /// Who gave once gives on; otherwise anyone, so that not all ask the same.
    private func addresses(for partition: Partition) -> [String] {
        let others = registry.nodes.filter {
            $0.incarnation != registry.incarnation && !$0.address.isEmpty
        }
        let before = giving.withLock { $0[partition] }
        let addresses = others.map(\.address).shuffled()
        return addresses.filter { $0 == before } + addresses.filter { $0 != before }
    }

    func state(of version: RecordID, in topic: TopicID) async -> [UInt8]? {
        // Without a secret nobody would answer.
        guard !secret.bytes.isEmpty, let name = Self.encoded(topic) else { return nil }
        for address in addresses(for: Partition(of: topic)) {
            let path = "version?topic=\(name)&id=\(version)"
            if let state = await ask(address, path, upTo: DocumentVersion.stateBytesMaximum) {
                return state
            }
        }
        return nil
    }

    private static func encoded(_ topic: TopicID) -> String? {
        topic.text.addingPercentEncoding(withAllowedCharacters: .alphanumerics)
    }

    func part(of topic: TopicID, after: Offset) async -> TopicPart? {
        guard let address = giving.withLock({ $0[Partition(of: topic)] }),
            let name = Self.encoded(topic),
            let bytes = await ask(address, "part?topic=\(name)&after=\(after)")
        else { return nil }
        return CopyCoding.part(bytes, of: topic, after: after)
    }

    /// Nil when there is no good answer.
    private func ask(
        _ address: String,
        _ path: String,
        upTo bytesMaximum: Int = answerBytesMaximum
    ) async -> [UInt8]? {
        var request = HTTPClientRequest(url: "\(address)/cluster/v1/\(path)")
        let token = String(decoding: secret.bytes, as: UTF8.self)
        request.headers.add(name: "Authorization", value: "Bearer \(token)")
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: Self.patience)
            guard response.status == .ok else {
                logger.debug(
                    "Another node refused",
                    metadata: ["node": "\(address)", "status": "\(response.status.code)"]
                )
                return nil
            }
            let body = try await response.body.collect(upTo: bytesMaximum)
            return Array(body.readableBytesView)
        } catch {
            logger.debug(
                "Another node did not answer",
                metadata: ["node": "\(address)", "error": "\(error)"]
            )
            return nil
        }
    }
}
