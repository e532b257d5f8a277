public import EventicleCore

/// How a console is opened.
public struct ConsoleOptions: Sendable {
  /// Where ids come from.
  public var seed: UInt64
  /// The moment at which the session starts; the real one when absent.
  public var start: Instant?
  /// The name of a theme, or the path of its file; the built-in one when absent.
  public var theme: String?
  /// Lines that are run before the first screen.
  public var prelude: [String]
  /// Files of events that are taken in before the first screen.
  public var imports: [String]
  /// A folder to look for themes in first.
  public var themeFolder: String?

  #if DEBUG
    /// Whether the program traps on purpose at the first key, to show that the terminal survives.
    public var trapsAtFirstKey = false
  #endif

  /// One of these parts.
  public init(
    seed: UInt64 = 1, start: Instant? = nil, theme: String? = nil, prelude: [String] = [],
    imports: [String] = [], themeFolder: String? = nil
  ) {
    self.seed = seed
    self.start = start
    self.theme = theme
    self.prelude = prelude
    self.imports = imports
    self.themeFolder = themeFolder
  }
}
