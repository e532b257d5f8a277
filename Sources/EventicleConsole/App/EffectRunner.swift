import EventicleCore

/// What the workbench needs done outside: files, the terminal, the themes.
protocol EffectRunner: AnyObject {
  /// Does something and returns what came of it.
  func perform(_ effect: Effect, for workbench: ConsoleProgram) -> [Message]
}
