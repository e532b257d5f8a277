public import EventicleCore

extension Session {
  /// Opens a session on a store: it goes on with what the store has, and keeps what it does.
  ///
  ///     let session = try Session(.shop, store: .open("shop.eventicle"))
  ///
  /// A line is answered after what it did is acknowledged.
  ///
  /// - Parameters:
  ///   - clock: The clock's time at the beginning of a history that begins here.
  ///   - seed: The seed of generated ids of a history that begins here.
  /// - Throws: ``DomainError`` when the domain declares something twice; ``StoreError`` when the
  ///   store cannot be read or written, or has the history of another domain.
  public init(
    _ domain: Domain, startingAt clock: Instant = .standardStart, seed: UInt64 = 1, store: Store
  ) throws {
    let new = try Session(domain, startingAt: clock, seed: seed)
    let journal = try store.journal(
      of: domain.name, shape: DomainShape(domain).text, beginningWith: new.engine.world)
    let last = journal.last
    do { try self.init(domain, resuming: journal) } catch let fault as StoreFault {
      throw StoreError(fault)
    }
    let opened = timeline.last > last ? (last.number + 1)...timeline.last.number : nil
    let kinds = opened?.compactMap { timeline.entry(JournalIndex($0))?.kind } ?? []
    storeRemark = journal.remark(on: domain, kinds, in: engine.world, upTo: last)
  }

  /// Keeps the whole history so far in a new store, and from now on everything that follows.
  ///
  /// The store is opened only when the session can be kept, so that none is made in vain.
  ///
  /// - Throws: ``StoreError`` when a fork is in use, when the session or the store has a history that
  ///   is kept already, or when the store cannot be written; the session then goes on as before.
  /// - Complexity: O(entries).
  public mutating func keep(in store: @autoclosure () throws -> Store) throws {
    if let fork = forkInUse {
      throw StoreError(
        "A store keeps the history of main, but the fork \(fork) is in use; switch main first.")
    }
    guard used.keeper == nil else {
      throw StoreError("The session is kept in a store already; backup FILE copies it.")
    }
    let store = try store()
    guard store.isNew else {
      throw StoreError("The store has a history already; save into a new one, or open this one.")
    }
    let journal = try store.journal(
      of: domain.name, shape: DomainShape(domain).text, beginningWith: timeline.start)
    var lines = used.tape.kept[...]
    timeline.forEachStep(home: domain.home(in: timeline.head)) { step in
      while let next = lines.first, next.after < step.first {
        journal.append(line: next.line)
        lines.removeFirst()
      }
      journal.append(step)
      return journal.fault == nil
    }
    for next in lines { journal.append(line: next.line) }
    if let fault = journal.commit() { throw StoreError(fault) }
    used.keeper = StepKeeper(journal, after: engine.world)
  }

  /// Ends the work with the store that keeps the session, if one does; nothing that follows is kept.
  ///
  /// - Returns: Why something that was acknowledged may not survive a power cut, as a sentence.
  @discardableResult
  package mutating func leaveStore() -> String? {
    inMain { $0.offerWorld() }
    let failure = storeFile?.close()
    used.keeper = nil
    for place in others.indices { others[place].keeper = nil }
    return failure?.description
  }
}

extension Session {
  /// After how many entries whoever leaves a store leaves a world to go on from.
  private static let leavingInterval = 64

  /// Leaves the world after the last entry in the store, so that the next session need not go the
  /// way to it again.
  private mutating func offerWorld() {
    let (world, last) = (engine.world, timeline.last)
    guard let store = used.keeper?.store, store.fault == nil, store.last == last else { return }
    used.keeper?.offer(world, after: last, every: Self.leavingInterval)
  }

  /// How the session stands to the file that keeps main's history; `nil` when none does.
  package var storeNotice: StoreNotice? { storeFile.map { StoreNotice(of: $0) } }

  /// The file that keeps main's history, whichever branch is in use.
  var storeFile: (any JournalFile)? {
    if used.branch.isMain { return used.keeper?.store as? any JournalFile }
    return others.first { $0.branch.isMain }?.keeper?.store as? any JournalFile
  }

  /// Why the store takes nothing from the branch in use; `nil` in a fork.
  var storeRefusal: StoreFault? { used.branch.isMain ? storeFile?.refusal : nil }

  /// Why nothing can be done in the branch in use but looking; `nil` in a fork.
  var refusal: SessionRefusal? {
    if let storeRefusal { return .store(storeRefusal) }
    return used.branch.isMain ? attachment.map { .attached($0.name) } : nil
  }
}
