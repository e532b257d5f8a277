import EventicleCore
import EventicleWorkbench

/// A command line that makes a first event in a domain.
enum FirstLine {
  /// The line as the session runs it; `nil` when the domain declares no command.
  static func text(for domain: Domain) -> String? {
    guard let command = domain.commands.first else { return nil }
    let fields = command.fields.filter(\.isRequired).map { " \(argument($0, command, domain))" }
    return Quoting.word(command.type) + fields.joined()
  }

  private static func argument(
    _ field: CommandField, _ command: Command, _ domain: Domain
  ) -> String {
    let name = Quoting.word(field.name)
    switch field.kind {
    case .number: return "\(name):=59"
    case .array, .any: return "\(name):=[]"
    case .text:
      if let aggregate = field.idOf, let root = domain.aggregate(aggregate) {
        return "\(name)=\(Quoting.word("\(root.idPrefix)-1"))"
      }
      let letter = field.name.first.map { $0.lowercased() } ?? "a"
      return "\(name)=\(letter.allSatisfy(\.isASCII) ? letter : "a")-19"
    }
  }
}
