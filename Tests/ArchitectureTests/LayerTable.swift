/// What one folder may use of another.
enum Use {
  /// All its types and members.
  case all(String)
  /// Only these types.
  case only(String, [String])
  /// All but these types, which change things.
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

/// One row: a folder and the folders that it may use besides itself.
///
/// A folder inside another is part of it, except in `Panes`, where each folder is a pane of its
/// own.
struct Layer {
  let folder: String
  let uses: [Use]

  init(folder: String, uses: [Use]) {
    self.folder = folder
    self.uses = uses
  }

  init(_ folder: String, _ uses: [String]) {
    self.init(folder: folder, uses: uses.map { .all($0) })
  }

  /// The engine's folders, lowest first.
  static let engine = [
    "Text", "Collections", "JSON", "Scheduling", "Events", "Statecharts", "State", "Journal",
    "Ports", "Transaction", "Domain", "Engine", "Observation", "Timeline", "Client",
  ]

  /// The panes; each is a folder of its own inside `Panes`.
  static let panes = [
    "Event", "Explore", "Map", "Next", "Saga", "Start", "State", "Tail", "Tools", "Views",
  ].map { "Panes/" + $0 }

  /// The engine as the pure part of the console sees it: values to read.
  private static let readable: [Use] = [
    .all("Text"), .all("Collections"), .all("JSON"), .all("Scheduling"), .all("Events"),
    .all("Ports"), .all("Statecharts"), .all("State"), .all("Journal"), .all("Domain"),
    .all("Timeline"),
  ]

  /// The types of Session that the pure part of the console may name, besides every type declared
  /// in a file called `Notice….swift` or `…Notice.swift`.
  static let sessionNotices = [
    "Attachment", "BranchNotice", "ComparisonNotice", "OutputFile", "PreviewNotice", "RemoteNotice",
    "Reply",
    "SessionCompletion", "SessionRequest", "StoreNotice", "VerificationNotice", "WhyNotice",
    "WorkProgress",
  ]

  private static let workbench: [Use] = [
    .all("Language"), .all("Steps"), .all("Flow"), .only("Session", sessionNotices),
  ]

  /// What a pane may use: the pane contract, and what several panes draw with.
  private static let pane: [Use] =
    readable + workbench + [
      .all("Panes"), .all("Widgets"), .all("Layout"), .all("Keys"), .all("Render"),
    ]

  /// The table of ARCHITECTURE.md, lowest first.
  static let table: [Layer] =
    [
      // EventicleCore
      Layer("Text", []),
      Layer("Collections", ["Text"]),
      Layer("JSON", ["Text", "Collections"]),
      Layer("Scheduling", ["Text", "JSON"]),
      Layer("Events", ["Text", "JSON", "Scheduling"]),
      Layer("Statecharts", ["Text", "JSON", "Scheduling", "Events"]),
      Layer("State", ["Text", "Collections", "JSON", "Scheduling", "Events"]),
      Layer("Journal", ["Text", "Collections", "JSON", "Scheduling", "Events", "State"]),
      Layer("Ports", ["Text", "Collections", "JSON", "Scheduling", "Events", "State"]),
      Layer("Transaction", below("Transaction", except: "Statecharts")),
      Layer("Domain", below("Domain")),
      Layer("Engine", below("Engine")),
      Layer("Observation", below("Observation")),
      Layer("Timeline", below("Timeline", except: "Observation")),
      Layer("Client", below("Client", except: "Timeline")),

      // EventicleWorkbench
      Layer("Language", below("Transaction") + ["Domain", "Timeline"]),
      Layer("Interchange", below("Transaction", except: "Statecharts")),
      Layer("Steps", below("Transaction") + ["Domain", "Timeline"]),
      Layer("Flow", below("Transaction") + ["Domain", "Timeline", "Interchange", "Steps"]),
      Layer("Diagrams", below("Transaction") + ["Domain", "Timeline", "Flow"]),
      Layer("Reconciliation", below("Transaction", except: "Statecharts")),
      Layer("GeneratedTests", below("Observation") + ["Timeline", "Language"]),
      Layer(
        "Session",
        engine + ["Language", "Interchange", "Steps", "Flow", "Diagrams", "GeneratedTests"]),

      // EventicleConsole
      Layer("Render", []),
      Layer("Keys", ["Render"]),
      Layer("Layout", ["Render", "Events", "Timeline", "State"]),
      Layer("Theme", ["Render", "Text"]),
      Layer("Terminal", ["Render", "Keys", "Theme", "Text"]),
      Layer("Export", ["Render", "Theme", "Text"]),
      Layer(folder: "Widgets", uses: readable + workbench + [.all("Render")]),
      Layer(
        folder: "CommandBar",
        uses: readable + workbench + [
          .all("Render"), .all("Keys"), .all("Layout"), .all("Widgets"),
        ]
      ),
      Layer(folder: "Panes", uses: pane),
    ]
    + panes.map { Layer(folder: $0, uses: pane) } + [
      Layer(
        folder: "Model", uses: pane + panes.map { .all($0) } + [.all("CommandBar")]),
      Layer(
        folder: "Screen",
        uses: pane + panes.map { .all($0) } + [.all("CommandBar"), .all("Model")]),
      Layer(
        folder: "App",
        uses: (engine + [
          "Language", "Interchange", "Steps", "Flow", "Session", "Render", "Keys", "Layout",
          "Theme",
          "Terminal",
          "Export", "Widgets", "CommandBar", "Panes", "Model", "Screen",
        ] + panes).map { .all($0) }),
    ]

  /// The folders of the engine below one of them.
  private static func below(_ folder: String, except exception: String? = nil) -> [String] {
    engine.prefix { $0 != folder }.filter { $0 != exception }
  }

  /// The targets whose folders are layers; a file directly in a target may use everything.
  static let targets = ["EventicleCore", "EventicleWorkbench", "EventicleConsole"]

  /// Whether a target can see the types of another; targets are in the order of building.
  static func isVisible(_ target: String, from other: String) -> Bool {
    guard let height = targets.firstIndex(of: other) else { return false }
    return targets.prefix(height + 1).contains(target)
  }

  static func of(_ folder: String) -> Layer? {
    table.first { $0.folder == folder }
  }

  /// Whether the members of some types may be used, when another folder declares them.
  func allows(membersOf types: Set<String>, in other: String) -> Bool {
    uses.contains { use in
      guard use.folder == other else { return false }
      if case .only(_, let allowed) = use { return !types.isDisjoint(with: allowed) }
      return true
    }
  }

  func allows(_ type: String, of other: String) -> Bool {
    other == folder || uses.contains { $0.folder == other && $0.allows(type) }
  }
}
