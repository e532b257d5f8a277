/// What one folder may use of another.
enum Use {
  /// Everything.
  case all(String)
  /// Only the types named.
  case only(String, [String])
  /// Everything but the types named, which change things.
  case except(String, [String])

  var folder: String {
    switch self {
    case .all(let folder), .only(let folder, _), .except(let folder, _): folder
    }
  }

  func allows(_ type: String) -> Bool {
    switch self {
    case .all: true
    case .only(_, let types): types.contains(type)
    case .except(_, let types): !types.contains(type)
    }
  }
}

/// One row: a folder and what it may use besides itself.
struct Layer {
  let folder: String
  let uses: [Use]

  /// Types of World that only those who change the world may name.
  static let worldWriters = ["Transaction", "DataStore"]

  /// Types of Timeline that run or change a history.
  static let timelineWriters = ["Fork"]

  /// Types of Render that draw; Model and Update need its geometry alone.
  static let drawing = ["CellBuffer", "Canvas", "Painter"]

  /// Types of Session that the console's pure part may name, besides every type declared in a file
  /// called `Notice….swift` or `…Notice.swift`.
  static let sessionNotices = ["Reply", "SessionRequest"]

  /// What Model, Update and CommandBar have in common.
  private static let pure: [Use] = [
    .all("Values"), .all("Domain"), .except("World", worldWriters), .all("Language"),
    .except("Timeline", timelineWriters), .only("Session", sessionNotices),
    .except("Render", drawing),
  ]

  /// The table of ARCHITECTURE.md, from the ground up.
  static let table: [Layer] = [
    // EventicleCore
    Layer(folder: "Values", uses: []),
    Layer(folder: "World", uses: [.all("Values")]),
    Layer(folder: "Domain", uses: [.all("Values"), .only("World", ["Transaction"])]),
    Layer(folder: "Engine", uses: [.all("Values"), .all("Domain"), .all("World")]),
    Layer(folder: "Language", uses: [.all("Values"), .except("World", worldWriters)]),
    Layer(
      folder: "Timeline",
      uses: [.all("Values"), .all("Domain"), .all("World"), .all("Engine"), .all("Language")]),
    Layer(
      folder: "Interchange",
      uses: [.all("Values"), .all("Domain"), .all("World"), .all("Language"), .all("Timeline")]),
    Layer(
      folder: "Session",
      uses: [
        .all("Values"), .all("Domain"), .all("World"), .all("Engine"), .all("Language"),
        .all("Timeline"), .all("Interchange"),
      ]),

    // EventicleConsole
    Layer(folder: "Render", uses: []),
    Layer(folder: "Theme", uses: [.all("Render")]),
    Layer(folder: "Terminal", uses: [.all("Render"), .all("Theme")]),
    Layer(folder: "CommandBar", uses: pure + [.all("Model")]),
    Layer(folder: "Model", uses: pure + [.all("CommandBar")]),
    Layer(folder: "Update", uses: pure + [.all("Model"), .all("CommandBar")]),
    Layer(
      folder: "Panes",
      uses: [
        .all("Values"), .all("Domain"), .except("World", worldWriters), .all("Language"),
        .except("Timeline", timelineWriters), .all("Render"), .only("Theme", ["StyleRole"]),
        .all("Model"), .all("CommandBar"),
      ]),
    Layer(folder: "App", uses: everything),
  ]

  private static let everything: [Use] = [
    "Values", "Domain", "World", "Engine", "Language", "Timeline", "Interchange", "Session",
    "Render", "Theme", "Terminal", "Model", "Update", "CommandBar", "Panes",
  ].map { Use.all($0) }

  /// The targets whose folders are layers; a file in the target itself may use everything.
  static let targets = ["EventicleCore", "EventicleConsole"]

  static func of(_ folder: String) -> Layer? {
    table.first { $0.folder == folder }
  }

  func allows(_ type: String, of other: String) -> Bool {
    other == folder || uses.contains { $0.folder == other && $0.allows(type) }
  }
}
