extension Rule {
  /// What runs a team's code: reducers, handlers, upcasters, and all that calls them.
  private static let runsHandlers: Set<String> = [
    "apply", "upcast", "forEachEvent", "reducers",
  ]

  /// Where a screen is made.
  private static let drawing = ["Panes/", "Screen/", "Widgets/", "Render/", "Layout/"]

  /// Rules about what drawing, panes and effects may do.
  static let panes = [
    Rule(
      "panes and drawing run no reducer and no handler",
      caught: [
        "let a = root.apply(event, to: &state)", "domain.upcast(event)",
        "world.forEachEvent(of: key) { _, _ in }", "let a = root.reducers[type]",
        "let a = root.state(of: id, in: world)", "let a = moment.aggregate(key)",
      ].flatMap { text in
        ["Panes/State/A.swift", "Screen/A.swift", "Widgets/A.swift"].map { [console($0): text] }
      },
      allowed: [
        [console("App/A.swift"): "let a = root.apply(event, to: &state)"],
        [console("Panes/State/A.swift"): "let a = model.aggregate.tab"],
        [console("Panes/State/A.swift"): "let a = moment.domain.aggregate(key.type)"],
        [console("Panes/State/A.swift"): "let a = PaneInput.aggregate(key)"],
        [console("Panes/Tail/A.swift"): "let a = root.reducers.keys.count"],
      ],
      file: { file in
        guard isDrawing(file) else { return [] }
        return file.violations { index in
          guard file.text(at: index - 1) == "." else { return nil }
          let name = file.tokens[index].text
          // The types of events that a reducer is declared for are but names.
          if name == "reducers", file.text(at: index + 2) == "keys" { return nil }
          let isFold = name == "state" && file.text(at: index + 2) == "of"
          let isLook =
            name == "aggregate" && file.text(at: index - 2) == "moment"
            && file.text(at: index + 1) == "("
          return runsHandlers.contains(name) || isFold || isLook ? ".\(name)" : nil
        }
      }),
    Rule(
      "drawing changes no model",
      caught: [
        [console("Screen/A.swift"): "static func draw(_ model: inout Model) {}"],
        [console("Screen/A.swift"): "let a = Update.apply(b, to: &c)"],
        [console("Screen/A.swift"): "let a = PaneTable[id]?.update(input, &model)"],
        [console("Panes/Tail/TailPane.swift"): "static func draw(_ s: inout TailModel) {}"],
      ],
      allowed: [
        [console("Screen/A.swift"): "static func draw(_ model: Model, on c: inout Canvas) {}"],
        [console("Model/A.swift"): "static func apply(_ model: inout Model) {}"],
        [console("Panes/Tail/A.swift"): "static func update(_ s: inout TailModel) {}"],
      ],
      file: { file in
        guard isDrawing(file) else { return [] }
        let isScreen = file.folder == "Screen"
        return file.violations { index in
          let text = file.tokens[index].text
          if text == "inout", file.text(at: index + 1).hasSuffix("Model") {
            return isScreen || isIn("draw", file, index) ? "inout \(file.text(at: index + 1))" : nil
          }
          guard isScreen else { return nil }
          let isUpdate = text.hasSuffix("Update") && file.text(at: index + 1) == "."
          let isCall = text == "update" && file.text(at: index - 1) == "."
          return isUpdate || isCall ? text : nil
        }
      }),
    Rule(
      "what does effects writes no model",
      caught: [
        [console("App/SystemEffectRunner.swift"): "program.configure { $0.isMouseOn = true }"],
        [console("App/SystemEffectRunner.swift"): "let a = Update.apply(b, to: &c)"],
        [console("App/FoldRunner.swift"): "func f(_ model: inout Model) {}"],
        [
          console("App/ConsoleProgram.swift"):
            "private func perform(_ e: Effect) { model.isMouseOn = true }"
        ],
      ],
      allowed: [
        [console("App/SystemEffectRunner.swift"): "let a = program.model.isMouseOn"],
        [console("App/Console.swift"): "program.configure { $0.themeName = name }"],
      ],
      file: { file in
        let isRunner = file.name.hasSuffix("Runner.swift")
        guard file.path.hasPrefix(console("App/")),
          isRunner || file.name == "ConsoleProgram.swift"
        else { return [] }
        return file.violations { index in
          let text = file.tokens[index].text
          if isRunner, ["configure", "Update"].contains(text) { return text }
          if isRunner, text == "inout", file.text(at: index + 1) == "Model" { return "inout Model" }
          guard text == "model", file.text(at: index + 1) == "." else { return nil }
          var end = index + 1
          while file.text(at: end) == "." { end += 2 }
          let isWritten = file.text(at: end) == "=" && file.text(at: end + 1) != "="
          return isWritten ? "model is written" : nil
        }
      }),
    Rule(
      "a pane uses no other pane",
      caught: [
        [
          console("Panes/Tail/A.swift"): "let a = SagaPane.self",
          console("Panes/Saga/S.swift"): "enum SagaPane {}",
        ],
        [
          console("Panes/A.swift"): "let a = SagaPane.self",
          console("Panes/Saga/S.swift"): "enum SagaPane {}",
        ],
      ],
      allowed: [
        [
          console("Panes/Saga/A.swift"): "let a = SagaPane.self",
          console("Panes/Saga/S.swift"): "enum SagaPane {}",
        ],
        [
          console("Model/A.swift"): "let a = SagaPane.self",
          console("Panes/Saga/S.swift"): "enum SagaPane {}",
        ],
      ],
      tree: { tree in
        var homes: [String: String] = [:]
        for file in tree.files where file.isSource && file.folder.hasPrefix("Panes/") {
          for type in file.declaredTypes where type.isTopLevel { homes[type.name] = file.folder }
        }
        return tree.files.filter { $0.isSource && $0.folder.hasPrefix("Panes") }.flatMap { file in
          file.violations { index in
            let name = file.tokens[index].text
            guard file.text(at: index - 1) != ".", let home = homes[name], home != file.folder
            else { return nil }
            return "\(file.folder) uses \(name) of \(home)"
          }
        }
      }),
  ]

  private static func isDrawing(_ file: SourceFile) -> Bool {
    file.isSource && drawing.contains { file.path.hasPrefix(console($0)) }
  }

  /// Whether a token stands in the parameters of a function of a name.
  private static func isIn(_ function: String, _ file: SourceFile, _ index: Int) -> Bool {
    var at = index
    while at > 0, file.tokens[at].text != "func" { at -= 1 }
    return file.text(at: at + 1) == function
  }
}
