extension Eventicle {
  /// Creates an engine on a store: it goes on with what the store has, and keeps what it does.
  ///
  ///     let app = try Eventicle(domain, store: .open("shop.eventicle"))
  ///
  /// An operation returns after everything that followed from it is acknowledged by the store.
  /// ``shutdown(draining:)`` ends the work with the store.
  ///
  /// - Parameters:
  ///   - clock: The clock's time at the beginning of a history that begins here.
  ///   - seed: The seed of generated ids of a history that begins here.
  /// - Throws: ``DomainError`` when a declaration of the domain cannot work; ``StoreError`` when the
  ///   store cannot be read or written, has the history of another domain, or would keep what
  ///   ``EngineOptions/protection`` protects.
  public convenience init(
    _ domain: Domain, store: Store, startingAt clock: Instant = .standardStart, seed: UInt64 = 1,
    options: EngineOptions = .standard
  ) throws {
    let (engine, keeper) = try store.engine(
      of: domain, startingAt: clock, seed: seed, options: options)
    self.init(engine, keeper: keeper)
    // What waits is done now, such as the events of a view that the domain has gained.
    let settling = Result { try settle() }
    try keep()
    try settling.get()
  }

  /// What is different from the run that wrote to the store last, as a sentence: what the domain
  /// declares and what was done about it, or else the program; `nil` when nothing is.
  public var storeRemark: String? { keeper?.remark }

  /// Makes permanent what an operation did.
  ///
  /// - Throws: ``OperationError`` with the store's sentence. What the store has is not known to be
  ///   what the engine has then, so that nothing more is accepted; a service opens the store anew.
  func keep() throws {
    guard let fault = keeper?.commit(&engine) else { return }
    connection = .closed
    keeper?.close()
    throw OperationError(
      fault, saying: "\(fault) Event Client is closed; open the store again to go on.")
  }
}
