public import EventicleCore
import EventicleWorkbench

/// The settings with which a console opens.
public struct ConsoleOptions: Sendable {
  /// The seed of generated ids.
  public var seed: UInt64
  /// The clock time at which the session starts; the real time when `nil`.
  public var start: Instant?
  /// The name of a theme or the path of its file; the built-in theme when `nil`.
  public var theme: String?
  /// Command lines to run before the first screen.
  public var prelude: [String]
  /// Paths of event files to import before the first screen.
  public var imports: [String]
  /// Paths of files whose events are taken as other programs add them.
  public var follows: [String] = []
  /// A folder that is searched first for themes.
  public var themeFolder: String?
  /// The path of the store that keeps the session; nothing is kept without one.
  public var store: String?
  /// Whether the store is only looked at.
  public var isReadOnly = false
  /// Opens stores; without it there are none to open or to save in.
  public var stores: StoreOpener?
  /// The domains that a tape may name when it is opened, besides the console's own.
  public var domains: [Domain]
  /// The system that the console is attached to when it opens; none when `nil`.
  package var attached: AttachedSystem?
  /// Finds the systems that a line names; without it there are none to attach to.
  package var attacher: SystemAttacher?
  /// What is presented, as the lines that begin it: `demo`, `present shop.tape`.
  var presents: [String] = []
  /// How fast the presenter types: slow, normal, fast or off; normal when `nil`.
  public var typing: String?

  /// Presents a tape, or the tour of the domain when there is no path.
  public mutating func present(_ path: String?) {
    presents = [path.map { "present \(Quoting.word($0))" } ?? "demo"]
  }

  /// Whether to open the newest session that ended without being left, with its unsaved lines.
  public var recovers = false

  #if DEBUG
    /// Whether the first key traps on purpose, to test that the terminal survives.
    public var trapsAtFirstKey = false
  #endif

  /// Creates options; each one has a default.
  public init(
    seed: UInt64 = 1, start: Instant? = nil, theme: String? = nil, prelude: [String] = [],
    imports: [String] = [], themeFolder: String? = nil, domains: [Domain] = []
  ) {
    self.seed = seed
    self.start = start
    self.theme = theme
    self.prelude = prelude
    self.imports = imports
    self.themeFolder = themeFolder
    self.domains = domains
  }
}
