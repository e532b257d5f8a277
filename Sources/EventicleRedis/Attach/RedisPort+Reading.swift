import EventicleCore

extension RedisPort {
  /// How many names are looked at for streams.
  private static let mostKeys = 10_000
  /// How often the figures are asked for, and how often new streams are looked for.
  private static let lookInterval = Interval(milliseconds: 2_000)
  private static let scanInterval = Interval(milliseconds: 30_000)
  /// How many streams are looked at in one go.
  private static let looksAtOnce = 50

  // MARK: - Which streams

  /// Finds the streams, then looks how far each is.
  func discover() {
    guard address.streams.isEmpty else { return inspect() }
    scanned = now
    scan("0", looked: 0) { [unowned self] in inspect() }
  }

  private func scan(_ cursor: String, looked: Int, then: @escaping () -> Void) {
    ask(.scan(cursor: cursor, count: 1_000)) { [unowned self] reply in
      let parts = reply.elements
      let names = parts.count == 2 ? parts[1].elements.compactMap(\.text) : []
      for name in names where Self.isOwn(name) { add(name) }
      let next = parts.first?.text ?? "0"
      guard next != "0", looked + 1_000 < Self.mostKeys else { return then() }
      scan(next, looked: looked + 1_000, then: then)
    }
  }

  /// Whether a stream is one of events when nobody names it: those of job queues are not.
  static func isOwn(_ name: String) -> Bool { !name.hasPrefix("bull:") && !name.hasPrefix("__") }

  /// Looks how far each stream is, and goes on where it was left.
  private func inspect() {
    guard !streams.isEmpty else { return settled() }
    for (index, stream) in streams.enumerated() {
      ask(.stream(stream.name)) { [unowned self] reply in
        check(index, reply)
        if index == streams.count - 1 { settled() }
      }
    }
  }

  private func check(_ index: Int, _ reply: RespValue) {
    let info = StreamProgress.Info(reply)
    if let gap = streams[index].check(info) { notices.append(.gap(gap)) }
  }

  /// Everything is known of the streams: what was asked of the past comes first.
  private func settled() {
    succeed()
    guard !isLive else { return tail() }
    guard merge == nil else { return history() }
    switch from {
    case .newest(let count):
      merge = StreamMerge(
        streams.map { ($0.name, .redisStart, $0.last) }, backward: true, limit: count)
      history()
    case .beginning:
      merge = StreamMerge(streams.map { ($0.name, .redisStart, $0.last) }, backward: false)
      history()
    case .since(let interval):
      ask(.time) { [unowned self] reply in
        let seconds = reply.elements.first?.int.map { Int64($0) * 1_000 }
        let start = (seconds ?? now.milliseconds) - interval.milliseconds
        let place = EventPlace.redis(milliseconds: UInt64(max(0, start)), sequence: 0)
        merge = StreamMerge(streams.map { ($0.name, place, $0.last) }, backward: false)
        history()
      }
    case .end: live()
    }
  }

  // MARK: - The past

  private func history() {
    guard var merge else { return live() }
    // Nobody else holds its pages while it goes on.
    self.merge = nil
    let ready = merge.ready()
    let requests = merge.requests()
    self.merge = merge
    give(ready)
    guard !merge.isOver else {
      if case .newest = from {
        let events = CauseOrder.sorted(gathered.reversed())
        gathered = []
        if !events.isEmpty { notices.append(.events(events, areHistory: true)) }
      }
      self.merge = nil
      return live()
    }
    for request in requests {
      guard case .range(let stream, _, _, _, _) = request else { continue }
      ask(request) { [unowned self] reply in
        let entries = reply.elements
        let last = entries.last?.elements.first?.text.flatMap { EventPlace(redis: $0) }
        self.merge?.take(
          entries.compactMap { RedisEntry.event($0, of: stream) }, of: stream,
          count: entries.count, last: last)
        history()
      }
    }
  }

  private func give(_ events: [WireEvent]) {
    guard !events.isEmpty else { return }
    if case .newest = from {
      gathered += events
    } else {
      notices.append(.events(CauseOrder.sorted(events), areHistory: true))
    }
  }

  // MARK: - What happens now

  private func live() {
    isLive = true
    notices.append(.live)
    look()
    read()
  }

  private func tail() {
    look()
    read()
  }

  /// Waits for new entries, and asks for the figures now and then.
  private func read() {
    guard !streams.isEmpty else {
      // Until there is a stream, names are looked for.
      ask(.time) { [unowned self] _ in
        if now - scanned >= Self.lookInterval { rescan() } else { idle() }
      }
      return
    }
    let command = RedisCommand.read(
      streams.map { ($0.name, $0.last) }, count: 500, milliseconds: Self.block)
    ask(command) { [unowned self] reply in
      take(reply)
      if now - looked >= Self.lookInterval { look() }
      if address.streams.isEmpty, now - scanned >= Self.scanInterval { rescan() } else { read() }
    }
  }

  private func idle() {
    // A read of a stream that is not there waits as well, and costs nothing.
    ask(.read([("eventicle:none", .redisStart)], count: 1, milliseconds: Self.block)) {
      [unowned self] _ in rescan()
    }
  }

  private func take(_ reply: RespValue) {
    var events: [WireEvent] = []
    for part in reply.elements {
      let parts = part.elements
      guard parts.count == 2, let name = parts[0].text, let index = places[name] else { continue }
      let entries = parts[1].elements
      guard let last = entries.last?.elements.first?.text.flatMap({ EventPlace(redis: $0) }) else {
        continue
      }
      events += entries.compactMap { RedisEntry.event($0, of: name) }
      streams[index].read(entries.count, upTo: last)
    }
    guard !events.isEmpty else { return }
    if reply.elements.count > 1 {
      events = events.enumerated().sorted {
        $0.element.place != $1.element.place
          ? $0.element.place < $1.element.place : $0.offset < $1.offset
      }.map(\.element)
    }
    notices.append(.events(CauseOrder.sorted(events), areHistory: false))
  }

  /// Looks for streams that are new; what they have is new as well.
  private func rescan() {
    scanned = now
    let known = streams.count
    scan("0", looked: 0) { [unowned self] in
      for index in known..<max(known, streams.count) { streams[index].begin(at: nil) }
      read()
    }
  }

  // MARK: - Figures

  /// Asks for the figures of the next streams and of the groups that read them.
  private func look() {
    looked = now
    let count = min(Self.looksAtOnce, streams.count)
    guard count > 0 else { return }
    for offset in 0..<count {
      let index = (nextLook + offset) % streams.count
      ask(.stream(streams[index].name)) { [unowned self] reply in check(index, reply) }
      ask(.groups(streams[index].name)) { [unowned self] reply in
        take(groups: reply, of: index)
        if offset == count - 1 { tellFigures() }
      }
    }
    nextLook = (nextLook + count) % streams.count
  }

  private func take(groups reply: RespValue, of index: Int) {
    guard reply.error == nil else { return }
    var groups = reply.elements.compactMap { RemoteGroup($0) }
    for place in groups.indices {
      // The silence of consumers is that of the look before until the next answer is there.
      let known = streams[index].figures.groups.first { $0.name == groups[place].name }
      (groups[place].silence, groups[place].silent) = (known?.silence, known?.silent ?? 0)
    }
    streams[index].take(groups: groups)
    for group in groups.prefix(Self.looksAtOnce) where group.consumers > 0 {
      ask(.consumers(streams[index].name, group: group.name)) { [unowned self] reply in
        var groups = streams[index].figures.groups
        guard let place = groups.firstIndex(where: { $0.name == group.name }) else { return }
        groups[place].take(consumers: reply)
        streams[index].take(groups: groups)
      }
    }
  }

  private func tellFigures() { notices.append(.figures(streams.map(\.figures))) }
}
