public import EventicleCore

/// What belongs to the branch in use, lent in place so that nothing is copied on the way.
extension Session {
  package internal(set) var engine: Engine {
    @inline(__always) _read { yield used.branch.engine }
    @inline(__always) _modify { yield &used.branch.engine }
  }

  /// The recorded journal entries, with the worlds between them.
  public internal(set) var timeline: Timeline {
    @inline(__always) _read { yield used.branch.timeline }
    @inline(__always) _modify { yield &used.branch.timeline }
  }

  /// The place in the timeline that is shown.
  public internal(set) var cursor: TimeCursor {
    @inline(__always) _read { yield used.branch.cursor }
    @inline(__always) _modify { yield &used.branch.cursor }
  }

  /// The world at the time cursor.
  public internal(set) var shown: World {
    @inline(__always) _read { yield used.branch.shown }
    @inline(__always) _modify { yield &used.branch.shown }
  }

  /// Whether deliveries wait until they are released, and the clock stands still.
  public internal(set) var isHeld: Bool {
    @inline(__always) _read { yield used.branch.isHeld }
    @inline(__always) _modify { yield &used.branch.isHeld }
  }

  /// Counts and durations of deliveries and commands so far.
  public internal(set) var metrics: EngineMetrics {
    @inline(__always) _read { yield used.metrics }
    @inline(__always) _modify { yield &used.metrics }
  }

  /// The outcome of the last import; `nil` before the first.
  public internal(set) var lastImport: ImportReport? {
    get { used.lastImport }
    set { used.lastImport = newValue }
  }

  /// The places in time that have a name.
  package internal(set) var marks: Marks {
    get { used.marks }
    set { used.marks = newValue }
  }

  /// The number of entries at which the engine stopped last; `nil` before it did.
  var passedStop: Int? {
    get { used.passedStop }
    set { used.passedStop = newValue }
  }

  /// The command lines so far that changed something, oldest first.
  ///
  /// A fork's tape begins with the lines of its parent up to the moment at which it left.
  public var tape: [String] { used.tape.lines }
}
