import TestSupport

/// What goes wrong with the disk under a program; Tests/Cut/include/cut.h says how it is done.
struct DiskFault: Sendable {
  /// What happens at a call.
  enum Kind: Sendable, Hashable, CustomStringConvertible {
    case kill
    case killInWrite
    case cut
    case short
    case error(Int32)

    var description: String {
      switch self {
      case .kill: "kill"
      case .killInWrite: "half"
      case .cut: "cut"
      case .short: "short"
      case .error(let number): "\(number)"
      }
    }
  }

  /// A disk that says that something was made permanent, which was not.
  enum Lie: String, Sendable {
    case sync
    case folder
  }

  /// The kinds of calls that are counted, by their letters: `o` for opening, `w` writing,
  /// `t` truncating, `s` syncing, `u` unlinking and renaming.
  var calls = "owtsu"
  /// The number of the call, from 1; 0 for none.
  var call = 0
  /// The last call at which it happens; `nil` when that is the first one.
  var until: Int?
  var kind: Kind?
  var seed: UInt64 = 0
  var lie: Lie?
  /// How many bytes there is room for.
  var room: Int?
  /// After how many refusals there is as much room again.
  var relief = 0
  /// Whether the power is cut when the program ends by itself.
  var cutsAtEnd = false

  /// A disk without a fault, on which calls are counted.
  static let counting = DiskFault()

  /// The variables that tell the library about it.
  func variables(folder: String, report: String) throws -> [String: String] {
    var variables = [
      "LD_PRELOAD": try ProgramUnderTest.path("libcut.so"), "CUT_FOLDER": folder,
      "CUT_REPORT": report, "CUT_CALLS": calls, "CUT_AT": "\(call)",
      "CUT_SEED": "\(seed & 0x7FFF_FFFF)", "CUT_RELIEF": "\(relief)",
    ]
    if cutsAtEnd { variables["CUT_END"] = "1" }
    if let until { variables["CUT_UNTIL"] = "\(until)" }
    if let kind { variables["CUT_DO"] = kind.description }
    if let lie { variables["CUT_LIE"] = lie.rawValue }
    if let room { variables["CUT_ROOM"] = "\(room)" }
    return variables
  }
}

/// What the library counted.
struct DiskReport: Sendable {
  /// The calls of each kind.
  let opened: Int
  let written: Int
  let truncated: Int
  let synced: Int
  let unlinked: Int
  /// The changes of the store that were tried after the first call that failed.
  let later: Int
  /// How often the disk was full.
  let refused: Int

  /// Reads the line that the end of a program left.
  init?(_ text: String?) {
    let numbers = (text ?? "").split { $0 == " " || $0 == "\n" }.compactMap { Int($0) }
    guard numbers.count == 7 else { return nil }
    (opened, written, truncated, synced) = (numbers[0], numbers[1], numbers[2], numbers[3])
    (unlinked, later, refused) = (numbers[4], numbers[5], numbers[6])
  }

  /// The number of calls of some kinds, by their letters.
  func count(of calls: String) -> Int {
    let counts = ["o": opened, "w": written, "t": truncated, "s": synced, "u": unlinked]
    return calls.reduce(0) { $0 + (counts[String($1)] ?? 0) }
  }
}
