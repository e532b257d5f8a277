/// Every limit of the engine, in one place; `eventicle info` prints them.
public enum Limits {
  /// How deep JSON may be nested.
  public static let jsonDepth = 256
  /// How far an assignment such as `lines[9]=x` may grow an array.
  public static let jsonGrowth = 10_000
  /// How many digits a number may have that is reckoned exactly.
  public static let numberDigits = 1_000
  /// How long a command line may be, in bytes.
  public static let lineBytes = 65_536
  /// How large one event may be, in bytes of its data.
  public static let eventBytes = 16 * 1_024 * 1_024
  /// How large a file may be that is read, in bytes.
  public static let fileBytes = 2 * 1_024 * 1_024 * 1_024
  /// How large a tape may be, in bytes.
  public static let tapeBytes = 64 * 1_024 * 1_024
  /// How long a line of a file of events may be, in bytes: an event's data and what is beside it.
  public static let eventLineBytes = 2 * eventBytes + 1_024 * 1_024
  /// How large the files of one line may be together whose content becomes values, in bytes.
  public static let valueFileBytes = eventBytes
  /// How many places in time may have a name.
  public static let marks = 1_000
  /// The most stops of a branch.
  public static let stops = 100
  /// How long the name of a place in time may be, in characters.
  public static let markName = 60
  /// How much memory the events of a session may take after a line that repeats its work, in bytes.
  public static let sessionBytes = 2 * 1_024 * 1_024 * 1_024
  /// How deep commands may dispatch commands.
  public static let dispatchDepth = 64
  /// How many deliveries one settling may make before it is taken for a loop.
  public static let cascadeDeliveries = 1_000_000
  /// How many deliveries of one group may wait behind work of the same key.
  public static let laneWork = 1_024
  /// How many timers one clock move may fire before it is taken for a mistake.
  public static let clockFires = 1_000_000
  /// How often an error policy may try again.
  public static let retries = 1_000
  /// How many records a page has when nobody says.
  public static let pageSize = 50
  /// How many steps a state machine may make for one message before it is taken for a loop.
  public static let machineSteps = 1_000
  /// How large the text of a statechart may be, in bytes.
  public static let chartBytes = 4 * 1_024 * 1_024
  /// How many states a statechart may have that is read from JSON.
  public static let chartStates = 5_000
  /// How many transitions a statechart may have that is read from JSON.
  public static let chartTransitions = 10_000
  /// How deep the states of a statechart may be nested that is read from JSON.
  public static let chartDepth = 32
  /// How long a name or an id of a state may be in a statechart that is read from JSON, in bytes.
  public static let chartName = 128
  /// How many of its last steps a saga instance tells; the journal has them all.
  public static let sagaSteps = 16
  /// How many folded states of aggregates are held, so that loading folds less.
  public static let foldedStates = 1_024
  /// From which search for an equal value on an index leads to the records that have it.
  public static let searchesBeforeIndex = 8
  /// How many indexes an engine adopts besides those that the domain declares.
  public static let automaticIndexes = 64
  /// How many journal entries lie between two snapshots.
  public static let snapshotInterval = 1_024
  /// How many forks a session holds at once, besides its main history.
  public static let forks = 64
  /// How long the name of a fork may be, in characters.
  public static let forkName = 40
  /// How many kinds of aggregates are learnt from the events of a domain that nobody declared.
  public static let inferredKinds = 64
  /// How many events of an attached system a session takes.
  public static let capturedEvents = 2_000_000
  /// How far ahead of its arrival the time of an event of an attached system may move the clock.
  public static let remoteLead = Interval(milliseconds: 5 * 60_000)
  /// How many steps a command line is tried for while it is typed.
  public static let previewSteps = 500
  /// How many values are watched.
  public static let watches = 16
  /// How many lines a probe prints.
  public static let probeLines = 10_000
  /// How many steps that come out differently are looked for when recorded inputs are performed
  /// again.
  public static let differences = 100
  /// How many journal entries of one conversation are held to be looked at.
  public static let conversation = 4_096
  /// How many journal entries a session with a store keeps in memory at least; it has twice as many
  /// when it lets older ones go.
  public static let residentEntries = 16_384

  /// Every limit with a name and unit for people, as `info` lists them.
  public static var all: [(name: String, value: Int)] {
    [
      ("JSON nesting, levels", jsonDepth), ("digits of an exact number", numberDigits),
      ("command line, bytes", lineBytes),
      ("event data, bytes", eventBytes), ("line of a file of events, bytes", eventLineBytes),
      ("file, bytes", fileBytes), ("tape, bytes", tapeBytes),
      ("files of one line, bytes", valueFileBytes),
      ("marks", marks), ("stops", stops), ("name of a mark, characters", markName),
      ("events of a session after repeated work, bytes", sessionBytes),
      ("commands inside commands, levels", dispatchDepth),
      ("deliveries in one settling", cascadeDeliveries),
      ("deliveries behind waiting work", laneWork),
      ("timers fired by one clock move", clockFires),
      ("retries of an error policy", retries),
      ("steps of a state machine for one message", machineSteps),
      ("text of a statechart, bytes", chartBytes), ("states of a statechart", chartStates),
      ("transitions of a statechart", chartTransitions),
      ("states of a statechart inside each other, levels", chartDepth),
      ("name of a state in a statechart, bytes", chartName),
      ("last steps told by a saga instance", sagaSteps), ("records on a page", pageSize),
      ("searches before an index is adopted", searchesBeforeIndex),
      ("indexes adopted without a declaration", automaticIndexes),
      ("journal entries between snapshots", snapshotInterval),
      ("forks of a session", forks), ("name of a fork, characters", forkName),
      ("kinds of aggregates learnt from events", inferredKinds),
      ("events taken of an attached system", capturedEvents),
      ("steps of a line tried while it is typed", previewSteps),
      ("differing steps that verify looks for", differences), ("lines of a probe", probeLines),
      ("watched values", watches),
      ("journal entries of a conversation", conversation),
      ("journal entries in memory beside a store", residentEntries),
    ]
  }
}
