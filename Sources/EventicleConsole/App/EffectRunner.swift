import EventicleCore

/// Carries out the console's work on the outside: files, the terminal, the themes.
protocol EffectRunner: AnyObject {
  /// Carries out an effect and returns the messages that result.
  func perform(_ effect: Effect, for workbench: ConsoleProgram) -> [Message]
}
