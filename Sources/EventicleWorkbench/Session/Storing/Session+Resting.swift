package import EventicleCore

/// What a session with a file does while nobody works.
extension Session {
  /// What came of a rest.
  package struct Rest: Sendable {
    /// The new state, if anything is different now.
    package let notice: SessionNotice?
    /// How long after this, or after later work, the next one is wanted; `nil` for none.
    package let next: Interval?
  }

  /// How often it is looked for what another process writes, and once that has written nothing for a
  /// while.
  private static let followInterval = Interval(milliseconds: 200)
  private static let quietInterval = Interval(milliseconds: 900)
  /// After how many looks in vain that is.
  private static let mostQuietLooks = 25
  /// How many journal entries are taken before they are shown.
  private static let newsPortion = 4_096

  /// How long after the last work ``rest()`` is wanted; `nil` when there is nothing to do.
  package var restDelay: Interval? {
    guard let file = storeFile, file.fault == nil else { return nil }
    guard file.isFollower else { return file.upkeepDelay }
    return quietLooks < Self.mostQuietLooks ? Self.followInterval : Self.quietInterval
  }

  /// Whether the file could not answer what was asked, so that ``rest()`` has something to do.
  package var hasTrouble: Bool { storeFile?.fault != nil }

  /// Does what can wait until nobody works: takes what another process has written to the file,
  /// or what its file leaves to this moment.
  ///
  /// A person who looks at the past stays there. No handler runs.
  package mutating func rest() -> Rest {
    guard let file = storeFile else { return Rest(notice: nil, next: nil) }
    guard file.isFollower else {
      let reply = upkeep(of: file)
      return Rest(notice: reply.map { notice($0) }, next: restDelay)
    }
    let before = (StoreNotice(of: file), timeline.count, marks)
    let hasMore = inMain { session in
      defer { session.countHits() }
      return session.takeNews(from: file)
    }
    // Nobody waits for more: the older steps are compared with what was written.
    if !hasMore, file.upkeep() != nil, file.fault != nil { inMain { $0.readAgain() } }
    let status = StoreNotice(of: file)
    var reply: Reply?
    if status.standing != before.0.standing {
      reply = Reply()
      let sentence = status.sentence(after: before.0.standing)
      switch status.standing {
      case .damaged, .tablesDamaged, .gone, .unread, .failed:
        reply?.problem = Reply.Problem(sentence)
      case .writing, .following, .reading: reply?.message = sentence
      }
    }
    let isSame =
      reply == nil && before.1 == timeline.count && before.2 == marks
    quietLooks = isSame ? quietLooks + 1 : 0
    return Rest(
      notice: isSame ? nil : notice(reply), next: hasMore ? Interval(milliseconds: 0) : restDelay)
  }

  /// Does something in main, whichever branch is in use.
  mutating func inMain<Result>(_ body: (inout Session) -> Result) -> Result {
    guard !used.branch.isMain, let place = others.firstIndex(where: \.branch.isMain) else {
      return body(&self)
    }
    swap(&used, &others[place])
    defer { swap(&used, &others[place]) }
    return body(&self)
  }

  private mutating func upkeep(of file: any JournalFile) -> Reply? {
    guard let fault = file.upkeep() else { return nil }
    inMain { $0.readAgain() }
    return Reply(problem: Reply.Problem(fault.description))
  }

  // MARK: - Following

  /// Takes steps and lines that another process has written.
  ///
  /// - Returns: Whether more may be there.
  private mutating func takeNews(from file: any JournalFile) -> Bool {
    guard file.last == timeline.last else {
      readAgain()
      return false
    }
    let before = timeline.count
    let (oldCursor, oldShown, wasAtHead) = (cursor, shown, isAtHead)
    var world = engine.world
    let isOpen = !engine.sealsEvents
    let hasMore = file.takeNews(Self.newsPortion) { step in
      let step = world.replay(completing: step)
      timeline.record(step.entries, of: step.input, world, isOpen: isOpen)
      for entry in step.entries { metrics.record(entry, world) }
    }
    guard file.fault == nil else {
      readAgain()
      return false
    }
    if timeline.count > before {
      engine.go(on: world, after: timeline.last)
      arrive()
      if !wasAtHead { (cursor, shown) = (oldCursor, oldShown) }
    }
    let lines = file.lines.dropFirst(tape.count)
    used.tape.append(kept: lines)
    remark(after: lines.map { $0.line })
    release()
    return hasMore
  }
}
