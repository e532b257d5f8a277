/// Every limit of the engine, in one place; `eventicle info` prints them.
public enum Limits {
  /// How deep JSON may be nested.
  public static let jsonDepth = 256
  /// How far an assignment such as `lines[9]=x` may grow an array.
  public static let jsonGrowth = 10_000
  /// How long a command line may be, in bytes.
  public static let lineBytes = 65_536
  /// How large one event may be, in bytes of its data.
  public static let eventBytes = 16 * 1_024 * 1_024
  /// How deep commands may dispatch commands.
  public static let dispatchDepth = 64
  /// How many deliveries one settling may make before it is taken for a loop.
  public static let cascadeDeliveries = 1_000_000
  /// How many timers one clock move may fire before it is taken for a mistake.
  public static let clockFires = 1_000_000
  /// How many journal entries lie between two snapshots.
  public static let snapshotInterval = 1_024

  /// The limits by name, for people.
  public static var all: [(name: String, value: Int)] {
    [
      ("JSON nesting, levels", jsonDepth), ("command line, bytes", lineBytes),
      ("event data, bytes", eventBytes), ("commands inside commands, levels", dispatchDepth),
      ("deliveries in one settling", cascadeDeliveries),
      ("timers fired by one clock move", clockFires),
      ("journal entries between snapshots", snapshotInterval),
    ]
  }
}
