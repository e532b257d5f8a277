import EventicleCore
import EventicleWorkbench

/// A command line that emits an event again.
enum EmitLine {
  /// The line: `emit orders OrderPaid order-1 total:=5`.
  static func text(of event: Event) -> String {
    var words = ["emit", Quoting.word(event.stream.text), Quoting.word(event.type.text)]
    if let id = event.domainID { words.append(Quoting.word(id.text)) }
    for member in event.data.value.object?.members ?? [] {
      let path = ItemPath([.member(member.key)]).description
      if case .string(let text) = member.value {
        words.append("\(path)=\(Quoting.word(text))")
      } else {
        words.append("\(path):=\(member.value)")
      }
    }
    return words.joined(separator: " ")
  }
}
