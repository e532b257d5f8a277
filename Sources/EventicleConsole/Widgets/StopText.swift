import EventicleCore
import EventicleWorkbench

/// What a stop is about, in words for a row.
enum StopText {
  /// `any failure or parked delivery`, `S PaymentSaga becomes failed`, `T timeout of PaymentSaga`; else
  /// the selector as it is written.
  static func words(_ selector: Selector) -> DisplayText {
    let id = selector.id.flatMap { $0 == "*" ? nil : $0 }
    let name = PaneText.data(selector.name, limit: 60)
    let subject = id.map { name + " " + PaneText.data($0, limit: 60) } ?? name
    switch selector.kind {
    case .error: return "any failure or refusal"
    case .failure: return "any failure or parked delivery"
    case .refusal: return "any refused command"
    case .stream: return "an event in " + name
    case .timer:
      guard let timer = selector.timer else { return "T of " + subject }
      return "T " + PaneText.data(timer, limit: 60) + " of " + subject
    case .change:
      guard let path = selector.path else { return subject + " changes" }
      return subject + "." + PaneText.data("\(path)", limit: 60) + " changes"
    case .saga, .aggregate:
      guard selector.path == JSONPath([.member("status")]), let test = selector.test,
        case .json(.string(let state)) = test.operand, test.comparison == .equal
      else { break }
      let letter = PaneText.data(selector.kind.rawValue) + " "
      return letter + subject + " becomes " + PaneText.data(state, limit: 60)
    case .event, .command, .view: break
    }
    return PaneText.data("\(selector)")
  }
}
