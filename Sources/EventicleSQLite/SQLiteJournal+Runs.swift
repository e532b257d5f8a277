package import EventicleCore

extension SQLiteJournal {
  package var previousRun: StoreRun? { earlier }

  package var run: StoreRun { lock { current } }

  package func declare(shape: String) { lock { current.shape = shape } }

  package func adopt(domain: String) -> StoreFault? {
    lock {
      guard isWritable else { return problem }
      attempt {
        try open()
        try meta.adopt(domain, database)
      }
      return commit()
    }
  }

  /// How far the rows reach now.
  var extent: StoreExtent {
    StoreExtent(rows, lines: tape.count, tape: tapeHash, openings)
  }

  /// Commits the open transaction, with how far the rows reach now if it may write.
  func finishTransaction() throws {
    let reached = extent
    if writer != nil, reached != committed { try reached.save(of: meta.store, database) }
    try database.run("COMMIT")
    committed = reached
  }

  /// What adds to the derived tables; pages that cannot be read concern nothing but them.
  static func deriver(
    _ database: Database, _ target: Deriver.Target
  ) throws(StoreFault) -> Deriver {
    let deriver: Deriver
    do { deriver = try Deriver(database, target) } catch {
      guard case .damaged(let what) = error.fault else { throw error.fault }
      throw .derivedDamaged(what)
    }
    guard deriver.hasPossibleNumbers else {
      throw .derivedDamaged("the last number of one of them is none that it can have")
    }
    return deriver
  }
}
