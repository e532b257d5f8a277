import EventicleCore

/// The hashes of a world, one for each of its parts.
struct WorldPrint: Equatable {
  fileprivate(set) var values: [UInt64] = []
  fileprivate static let names = [
    "clock and counters", "log", "histories", "records", "sagas", "timers", "queue", "consumers",
    "groups", "parked work",
  ]

  /// The names of the parts that differ from another world.
  func difference(from other: WorldPrint) -> String {
    let names = zip(WorldPrint.names, zip(values, other.values)).filter { $1.0 != $1.1 }.map(\.0)
    return names.joined(separator: ", ")
  }
}

/// Hashes a world without its caches and without the middle of the log, which is compared
/// separately.
struct WorldHash {
  let sagas: [String]
  let aggregates: [String]
  /// Streams whose oldest events may be gone.
  let streams: [StreamName]

  func callAsFunction(_ world: World) -> WorldPrint {
    var print = WorldPrint()
    print.values.reserveCapacity(WorldPrint.names.count)
    func add(_ feed: (World, inout Digest) -> Void) {
      var digest = Digest()
      feed(world, &digest)
      print.values.append(digest.value)
    }
    add(feedCounters)
    add(feedLog)
    add(feedHistories)
    add(feedRecords)
    add(feedSagas)
    add(feedTimers)
    add(feedQueue)
    add(feedConsumers)
    add(feedGroups)
    add(feedParked)
    return print
  }

  private func feedCounters(_ world: World, _ digest: inout Digest) {
    digest.feed(world.clock)
    digest.feed(world.draws)
    for series in NumberSeries.allCases { digest.feed(world.lastNumber(series)) }
    for name in world.counterNames {
      digest.feed(name)
      digest.feed(world.counter(name))
    }
  }

  private func feedLog(_ world: World, _ digest: inout Digest) {
    digest.feed(world.log.count)
    for number in max(1, world.log.count - 3)..<max(1, world.log.count + 1) {
      guard let event = world.log.event(at: Position(number)) else { continue }
      digest.feed(event.id.text)
      digest.feed(event.type.text)
      digest.feed(event.stream.text)
      digest.feed(event.domainID?.text ?? "")
      digest.feed(event.causedByID?.text ?? "")
      digest.feed(event.createdAt)
      digest.feed(event.data)
      digest.feed(world.log.position(of: event.id)?.number ?? 0)
      digest.feed(world.log.streamPosition(of: Position(number)).number)
      digest.feed(world.origin(of: Position(number))?.number ?? 0)
    }
    for stream in streams { digest.feed(world.trimmed(stream).number) }
  }

  private func feedHistories(_ world: World, _ digest: inout Digest) {
    digest.feed(world.histories.keptCount)
    for workspace in [.system] + world.tenants {
      for type in aggregates {
        for index in 0..<world.histories.count(of: type, in: workspace) {
          guard let id = world.histories.id(of: type, at: index, in: workspace) else { continue }
          digest.feed(id.text)
          digest.feed(world.histories.version(of: AggregateKey(type, id, in: workspace)).number)
        }
      }
    }
  }

  private func feedRecords(_ world: World, _ digest: inout Digest) {
    for workspace in world.workspaces {
      digest.feed(workspace.text)
      for type in world.recordTypes(in: workspace) {
        digest.feed(type)
        digest.feed(world.recordCount(of: type, in: workspace))
        world.forEachRecord(of: type, in: workspace) { record in
          digest.feed(record.id)
          digest.feed(record.version)
          digest.feed(record.createdAt)
          digest.feed(record.content)
          return true
        }
      }
    }
  }

  private func feedSagas(_ world: World, _ digest: inout Digest) {
    for saga in sagas {
      for offset in 0..<world.sagas.count(of: saga) {
        guard let instance = world.sagas.instance(of: saga, at: offset) else { continue }
        digest.feed(instance.key.instanceID)
        digest.feed(instance.data)
        digest.feed(instance.hasEnded)
        digest.feed(instance.steps)
        digest.feed(instance.startedAt)
        digest.feed(instance.changedAt)
        digest.feed(instance.lastEventID?.text ?? "")
        digest.feed(instance.correlation ?? "")
        for timer in instance.timers { digest.feed(timer) }
        let found = world.sagas.instances(
          of: saga, property: "k", value: instance.data["k"], in: instance.workspace)
        for match in found { digest.feed(match.key.instanceID) }
      }
    }
  }

  private func feedTimers(_ world: World, _ digest: inout Digest) {
    digest.feed(world.timers.count)
    world.timers.forEach { timer in
      digest.feed(timer.key)
      digest.feed(timer.due)
      digest.feed(timer.armedAt)
      digest.feed(timer.armedBy.number)
      digest.feed(timer.sequence)
      return true
    }
  }
}

extension WorldHash {
  private func feedQueue(_ world: World, _ digest: inout Digest) {
    let queue = world.queue
    digest.feed(queue.count)
    for index in 0..<min(queue.count, 64) {
      digest.feed(queue[index].position.number)
      digest.feed(queue[index].consumer.name)
      digest.feed(queue[index].cause.number)
    }
  }

  private func feedConsumers(_ world: World, _ digest: inout Digest) {
    digest.feed(world.consumers.count)
    for number in 0..<ConsumerNumber(world.consumers.count) {
      guard let consumer = world.consumers[number] else { continue }
      digest.feed(consumer.name.kind.rawValue)
      digest.feed(consumer.name.name)
      digest.feed(consumer.group.text)
      digest.feed(consumer.tally.handled)
      digest.feed(consumer.tally.ignored)
      digest.feed(consumer.tally.failed)
      digest.feed(consumer.tally.retried)
      digest.feed(consumer.tally.skipped)
      digest.feed(consumer.tally.duplicates)
      digest.feed(consumer.processedCount)
      for event in max(1, world.log.count - 8)..<max(1, world.log.count + 1) {
        digest.feed(world.consumers.hasHandled(Position(event), number))
      }
    }
  }

  private func feedGroups(_ world: World, _ digest: inout Digest) {
    for name in world.groupNames {
      guard let group = world.group(name) else { continue }
      digest.feed(name.text)
      digest.feed(group.isInStep)
      digest.feed(group.isEphemeral)
      digest.feed(group.position.number)
      switch group.status {
      case .live: digest.feed(1)
      case .paused: digest.feed(2)
      case .stopped(let reason): digest.feed(reason)
      case .closed: digest.feed(4)
      }
      for lane in group.lanes {
        digest.feed(lane.key)
        digest.feed(lane.until)
        digest.feed(lane.attempts)
        digest.feed(lane.offer?.number ?? 0)
        digest.feed(lane.work.count)
        for work in lane.work { feed(work, &digest) }
      }
    }
  }

  private func feedParked(_ world: World, _ digest: inout Digest) {
    digest.feed(world.parkedCount)
    for parked in world.parked {
      digest.feed(parked.number)
      digest.feed(parked.reason)
      digest.feed(parked.attempts)
      digest.feed(parked.parkedAt)
      digest.feed(parked.entry.number)
      if let data = parked.editedData { digest.feed(data) }
      feed(parked.work, &digest)
    }
  }

  private func feed(_ work: Work, _ digest: inout Digest) {
    switch work {
    case .delivery(let delivery, let instance):
      digest.feed(delivery.position.number)
      digest.feed(delivery.consumer.name)
      digest.feed(instance ?? "")
    case .timer(let key, let due):
      digest.feed(key)
      digest.feed(due)
    }
  }
}
