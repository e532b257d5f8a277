import EventicleCore

/// Why nothing can be done in a branch but looking.
enum SessionRefusal: Error, CustomStringConvertible {
  /// The store takes nothing.
  case store(StoreFault)
  /// The events are those of another system, by its name.
  case attached(String)

  /// A sentence with the way out.
  var description: String {
    switch self {
    case .store(let fault): fault.description
    case .attached(let name):
      "\(name) is attached read-only, so nothing is done here; fork NAME makes a fork, where all can "
        + "be tried and nothing leaves this machine."
    }
  }
}
