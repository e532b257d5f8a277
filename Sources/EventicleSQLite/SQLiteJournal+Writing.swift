package import EventicleCore

extension SQLiteJournal {
  package func begin(_ world: World, of domain: String) -> StoreFault? {
    lock {
      guard isWritable else { return problem }
      attempt {
        try open()
        let start = CoreCodec.encodeAlone(world.core(after: JournalIndex(0)))
        try meta.begin(domain, start, database)
        begun = World(beginningAs: try CoreCodec.decodeAlone(start))
      }
      return commit()
    }
  }

  package func append(_ step: StoredStep) {
    lock {
      guard isWritable else { return }
      guard step.first == rows.last.next else {
        return set(.notAtHead(last: rows.last, step: step.first))
      }
      attempt {
        try open()
        var next = rows
        try next.write(step, database) { event, position, catalogue in
          let place = try count(of: event.stream, catalogue) + 1
          let cause = try cause(of: event, catalogue)
          tail.note(event, at: position, place: place)
          return EventPlace(place: place, cause: cause)
        }
        rows = next
        tail.append(step)
        if tail.entries >= opening.deriveInterval { try derive() }
      }
    }
  }

  package func append(line: String) {
    lock {
      guard isWritable else { return }
      attempt {
        try open()
        tapeHash = try StoreTape.append(line, tape.count, rows.last, after: tapeHash, database)
        tape.append((rows.last, line))
      }
    }
  }

  package func commit() -> StoreFault? {
    lock {
      guard problem == nil, database.isInTransaction else { return problem }
      guard file.isThere, writer?.isThere ?? true else {
        set(.gone)
        return problem
      }
      attempt { try finishTransaction() }
      guard problem == nil else { return problem }
      noteCommit()
      return problem
    }
  }

  package func offer(_ core: StoredCore) {
    lock {
      guard refusal == nil, isWritable, core.entry <= rows.last else { return }
      // What steps are part of that are to be acknowledged together is so with them.
      let isAlone = !database.isInTransaction
      attempt {
        if isAlone { try open() }
        let body = rows.catalogue.pieces.bytes(of: core)
        try rows.catalogue.save(database)
        let insert = try database.statement("INSERT OR REPLACE INTO core VALUES(?1, ?2, ?3, ?4)")
        insert.bind(1, core.entry.number)
        insert.bind(2, core.events)
        insert.bind(3, body)
        insert.bind(4, SQLiteJournal.hash(meta.store, core.entry.number, body))
        try insert.run()
        if isAlone { try finishTransaction() }
      }
    }
  }

  /// Whether it can be written to; if it cannot, the fault says why.
  var isWritable: Bool {
    if problem == nil, let refusal { set(refusal) }
    return problem == nil
  }

  /// Begins a transaction unless one is open.
  func open() throws(SQLiteError) {
    guard !database.isInTransaction else { return }
    try database.run("BEGIN IMMEDIATE")
    guard !isNoted, meta.domain != nil else { return }
    current.entry = rows.last
    try openings.append(current, at: opening.now, database)
    isNoted = true
  }
}
