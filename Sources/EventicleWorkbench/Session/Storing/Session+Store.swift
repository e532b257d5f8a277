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
    let journal = try store.journal(of: domain.name, beginningWith: new.engine.world)
    do { try self.init(domain, resuming: journal) } catch let fault as StoreFault {
      throw StoreError(fault)
    }
  }
}
