import EventicleCore

/// How far one stream was read, and what the server says of it.
struct StreamProgress: Sendable {
  let name: String
  /// The place of the last entry that was read, or that is not to be read.
  var last = EventPlace.redisStart
  /// How many entries were added to the stream up to that place; `nil` when the server does not count.
  private var added: Int?
  private var isKnown = false
  private var wasThere = false
  private(set) var figures: RemoteStream
  /// The first entry of a gap whose size nobody knows, so that it is told once.
  private var told: EventPlace?

  init(_ name: String) {
    self.name = name
    figures = RemoteStream(name: name, length: 0)
  }

  /// What XINFO STREAM says.
  struct Info: Sendable, Equatable {
    var length: Int
    var lastGenerated: EventPlace
    var first: EventPlace?
    /// How many entries were ever added; `nil` before Redis 7.
    var added: Int?

    init(length: Int, lastGenerated: EventPlace, first: EventPlace?, added: Int?) {
      self.length = length
      self.lastGenerated = lastGenerated
      self.first = first
      self.added = added
    }

    /// Reads a reply; `nil` when it is none.
    init?(_ reply: RespValue) {
      guard let length = reply["length"]?.int,
        let generated = reply["last-generated-id"]?.text.flatMap({ EventPlace(redis: $0) })
      else { return nil }
      self.length = length
      lastGenerated = generated
      let entry =
        reply["first-entry"]?.elements.first?.text ?? reply["recorded-first-entry-id"]?.text
      first = length > 0 ? entry.flatMap { EventPlace(redis: $0) } : nil
      added = reply["entries-added"]?.int
    }
  }

  /// Begins to read behind everything that is there.
  mutating func begin(at info: Info?) {
    isKnown = true
    guard let info else {
      added = 0
      return
    }
    wasThere = true
    last = info.lastGenerated
    added = info.added
    show(info)
  }

  /// Notes entries that were read, the last of them at a place.
  mutating func read(_ count: Int, upTo place: EventPlace) {
    last = place
    wasThere = true
    added = added.map { $0 + count }
    figures.unread = max(0, figures.unread - count)
    figures.length += count
    figures.last = place
    if figures.first == nil { figures.first = place }
  }

  /// Notes what the server says now, when everything that it sent before was read.
  ///
  /// - Returns: What was lost before it could be read.
  mutating func check(_ info: Info?) -> RemoteGap? {
    guard isKnown else {
      begin(at: info)
      return nil
    }
    guard let info else {
      guard wasThere else { return nil }
      (last, added, wasThere) = (.redisStart, 0, false)
      figures = RemoteStream(name: name, length: 0)
      return RemoteGap(stream: name, count: nil, reason: "the stream was deleted")
    }
    defer {
      wasThere = true
      show(info)
    }
    guard info.lastGenerated >= last else {
      (last, added) = (.redisStart, 0)
      return RemoteGap(stream: name, count: nil, reason: "the stream begins anew")
    }
    guard info.lastGenerated > last else { return nil }
    // While an entry is there that was read, nothing between it and the rest was cut off.
    guard info.first.map({ $0 > last }) ?? true else { return nil }
    guard let total = info.added, let known = added else {
      guard info.added == nil, told != info.first else { return nil }
      told = info.first
      if info.first == nil { last = info.lastGenerated }
      return RemoteGap(stream: name, count: nil, reason: "retention")
    }
    let missing = total - known - info.length
    guard missing > 0 else { return nil }
    added = known + missing
    if info.length == 0 { last = info.lastGenerated }
    return RemoteGap(stream: name, count: missing, reason: "retention")
  }

  private mutating func show(_ info: Info) {
    figures.length = info.length
    figures.first = info.first
    figures.last = info.length > 0 ? info.lastGenerated : nil
    figures.unread = info.added.flatMap { total in added.map { max(0, total - $0) } } ?? 0
  }

  /// Notes the groups that read the stream there.
  mutating func take(groups: [RemoteGroup]) { figures.groups = groups }
}

extension RemoteGroup {
  /// After how long a consumer counts as silent.
  static let longSilence = Interval(milliseconds: 15 * 60_000)

  /// Reads one element of XINFO GROUPS; `nil` when it is none.
  init?(_ reply: RespValue) {
    guard let name = reply["name"]?.text else { return nil }
    self.init(
      name: name, lag: reply["lag"]?.int, pending: reply["pending"]?.int ?? 0,
      consumers: reply["consumers"]?.int ?? 0)
  }

  /// Takes the answer of XINFO CONSUMERS.
  mutating func take(consumers reply: RespValue) {
    let idle = reply.elements.compactMap { $0["idle"]?.int }
    guard reply.error == nil else { return }
    consumers = reply.elements.count
    silence = idle.max().map { Interval(milliseconds: Int64($0)) }
    silent = idle.count { Int64($0) >= Self.longSilence.milliseconds }
  }
}
