import EventicleCore

/// The streams of an attached system, and the groups that read them there.
enum ExploreRemote {
  /// The streams with what the system has of them, and how many of their events are here; without a
  /// system those of the log.
  static func streams(_ remote: [RemoteStream], _ moment: MomentView) -> ExploreAlive.Kind {
    guard !remote.isEmpty else { return ExploreConsumers.streams(moment) }
    let log = moment.world.log
    return ExploreAlive.Kind(
      remote.map { stream in
        let name = StreamName(stream.name)
        return ExploreRow(
          subject: .stream(name), section: .streams, title: stream.name, word: words(stream),
          note: "\(log.count(of: name))")
      })
  }

  /// `5,412 there, 14:02:11 to 14:03:02`.
  private static func words(_ stream: RemoteStream) -> String {
    guard stream.length > 0 else { return "empty there" }
    let count = "\(stream.length.grouped) there"
    guard let first = stream.first, let last = stream.last else { return count }
    return "\(count), \(time(first)) to \(time(last))"
  }

  private static func time(_ place: EventPlace) -> String {
    guard let instant = place.recordTime, instant.isInCommonYears else { return place.text }
    return String(CivilTime(instant).timeText.prefix(8))
  }

  /// The groups of others, the one that is furthest behind first.
  static func groups(_ remote: [RemoteStream]) -> ExploreAlive.Kind {
    let all = remote.flatMap { stream in stream.groups.map { (stream.name, $0) } }
    let sorted = all.enumerated().sorted {
      let (left, right) = ($0.element.1.lag ?? -1, $1.element.1.lag ?? -1)
      return left != right ? left > right : $0.offset < $1.offset
    }
    return ExploreAlive.Kind(
      sorted.map { _, item in
        let (stream, group) = item
        return ExploreRow(
          subject: .group(group.name, of: stream), section: .groups, title: group.name,
          word: words(group, stream), note: group.lag.map { "\($0)" } ?? "?")
      })
  }

  /// `orders, 2 pending, 2 consumers, 1 silent for 15m`.
  private static func words(_ group: RemoteGroup, _ stream: String) -> String {
    var parts = [stream]
    if group.pending > 0 { parts.append("\(group.pending.grouped) pending") }
    switch group.consumers {
    case 0: parts.append("no consumer")
    case 1: parts.append("1 consumer")
    default: parts.append("\(group.consumers) consumers")
    }
    if group.silent > 0, let silence = group.silence {
      parts.append("\(group.silent) silent for \(silence.brief)")
    }
    return parts.joined(separator: ", ")
  }
}
