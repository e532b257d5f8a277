/// A line that a handler or the program around it has written, for a log that people read.
public struct LogLine: Sendable, Hashable {
  /// The severity of a line, from the lowest to the highest.
  public enum Level: String, Sendable, Hashable, CaseIterable {
    /// Details for who looks for a fault.
    case debug
    /// What the program usually tells.
    case info
    /// Something that may be wrong.
    case warning
    /// Something that went wrong.
    case error
  }

  /// How serious the writer of the line found it.
  public let level: Level
  /// The text, which may be of any length and have any characters.
  public let text: String
  /// Where it was written, as `orders.ts:12:5`; `nil` when that is not known.
  public let place: String?
  /// The handler that was running; `nil` outside of handlers.
  public let handler: HandlerID?
  /// The calls that led there, innermost first; empty when they are not known.
  public let frames: [String]

  /// Creates a line.
  public init(
    _ level: Level, _ text: String, at place: String? = nil, in handler: HandlerID? = nil,
    frames: [String] = []
  ) {
    self.level = level
    self.text = text
    self.place = place
    self.handler = handler
    self.frames = frames
  }
}
