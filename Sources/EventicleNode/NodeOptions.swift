public import EventicleCore

/// How the team's code is run: by which node, with how much memory and patience.
public struct NodeOptions: Sendable {
  /// The oldest version of node that can run a domain.
  static let oldest = "18.19"

  /// The path of node; looked for in `$EVENTICLE_NODE` and the `PATH` when `nil`.
  public var program: String?
  /// Arguments for node itself, such as `--import` and a loader.
  public var arguments: [String] = []
  /// How much memory node may have resident, in bytes; 0 for as much as there is.
  public var memory = 1 << 30
  /// How long loading may take; `nil` for ever.
  public var loadDeadline: Interval? = .seconds(20)
  /// How long a command, a view or a step of a saga may take; `nil` for ever.
  public var handlerDeadline: Interval? = .seconds(10)
  /// How long an adapter may take; `nil` for ever.
  public var adapterDeadline: Interval? = .seconds(30)
  /// The environment of node, and where its files are looked for.
  public var environment: [String: String]
  /// Whether the domain is loaded again when one of its files is saved.
  public var watchesFiles = false

  /// Creates options.
  ///
  /// - Parameter environment: The environment of node; its `PATH`, `EVENTICLE_NODE`,
  ///   `XDG_CACHE_HOME` and `HOME` are read.
  public init(environment: [String: String]) { self.environment = environment }

  /// Sets the deadlines of handlers from one number.
  ///
  /// - Parameter interval: The deadline of commands, views and sagas; adapters have three times as
  ///   long. 0 or less lets every handler take as long as it wants.
  public mutating func setDeadline(_ interval: Interval) {
    let isNone = interval.milliseconds <= 0
    handlerDeadline = isNone ? nil : interval
    adapterDeadline = isNone ? nil : interval * 3
  }

  /// The path of node, and where it was looked for.
  ///
  /// - Throws: ``NodeError/notFound(looked:)``.
  func found() throws(NodeError) -> String {
    var looked: [String] = []
    if let program {
      looked.append("--node \(program)")
      if let path = NodeFiles.executable(program, in: searchPath) { return path }
      throw .notFound(looked: looked)
    }
    if let named = environment["EVENTICLE_NODE"], !named.isEmpty {
      looked.append("$EVENTICLE_NODE (\(named))")
      if let path = NodeFiles.executable(named, in: searchPath) { return path }
      // Another one than the one that was asked for would be a surprise.
      throw .notFound(looked: looked)
    }
    if let path = NodeFiles.executable("node", in: searchPath) { return path }
    throw .notFound(looked: looked + ["the PATH"])
  }

  private var searchPath: [String] {
    (environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").map(String.init)
  }
}
