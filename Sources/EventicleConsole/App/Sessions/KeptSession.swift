import EventicleCore
import EventicleWorkbench

/// What a person leaves behind in a session with a store, besides the history itself.
struct KeptSession: Hashable, Sendable {
  /// The moment of main that was shown; `nil` at its head.
  var place: MomentName?
  /// Whether deliveries waited in main.
  var isHeld = false
  /// What the engine stops at in main.
  var stops: [StopList.Kept] = []
  /// The fork in use; `nil` when main was.
  var fork: String?
  /// How the forks can be made again.
  var forks: [ForkRecipe] = []
  var look = KeptLook()
  /// Members that this program does not know; they are kept as they are.
  var others: [JSONObject.Member] = []

  /// What is of the session itself, and not of its screen.
  init() {}

  /// Takes over what is of the session itself.
  mutating func take(_ session: Session) {
    place = session.placeInMain
    isHeld = session.isMainHeld
    stops = session.stopsOfMain
    fork = session.forkInUse
    forks = session.recipes
  }

  /// The same without the time that passes by itself, which is no reason to write.
  var settled: KeptSession {
    var settled = self
    for index in settled.forks.indices { settled.forks[index].passed = nil }
    return settled
  }

  /// What there is to say about it when it is there again; empty for the usual view of the head.
  var summary: String {
    var parts: [String] = []
    if let fork { parts.append("in the fork \(fork)") }
    let shown = fork.flatMap { name in forks.first { $0.name == name } }?.place
    if let place = fork == nil ? place : shown {
      parts.append("at \(place.position).\(place.steps), L goes live")
    }
    if isHeld, fork == nil { parts.append("held") }
    if !stops.isEmpty, fork == nil {
      parts.append("\(stops.count) \(stops.count == 1 ? "stop" : "stops")")
    }
    if !look.find.isEmpty {
      parts.append(look.isFindFolded ? "only \(look.find)" : "/\(look.find)")
    }
    let rest = forks.count - (fork == nil ? 0 : 1)
    if rest > 0 {
      parts.append("\(rest) \(fork == nil ? "" : "more ")\(rest == 1 ? "fork" : "forks")")
    }
    return parts.isEmpty ? "" : "as you left it: \(parts.joined(separator: " · "))"
  }
}
