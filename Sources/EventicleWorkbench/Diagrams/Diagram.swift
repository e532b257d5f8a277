package import EventicleCore

/// A picture of something, before it is written in a language for diagrams.
package enum Diagram: Sendable, Hashable {
  case graph(Graph)
  case sequence(Sequence)
  case chart(Chart)

  /// A language for diagrams.
  package enum Format: String, Sendable, Hashable, CaseIterable {
    case mermaid
    case dot
  }

  /// What a box stands for, which decides how it looks.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case command
    case event
    case saga
    case timer
    case view
    case aggregate
    case outside
  }

  // MARK: - Boxes and arrows

  /// Boxes and arrows; some boxes lie in a frame.
  package struct Graph: Sendable, Hashable {
    package struct Node: Sendable, Hashable {
      package let label: String
      package let kind: Kind
      /// Whether it has happened, or is only declared.
      package var hasHappened = true
      /// Whether it is what the picture is about.
      package var isMarked = false
    }

    package struct Edge: Sendable, Hashable {
      package let from: Int
      package let to: Int
      package var label = ""
      /// Whether it has happened, or is only declared.
      package var hasHappened = true
      /// Whether it belongs to what the picture is about.
      package var isMarked = false
    }

    /// A frame around some boxes.
    package struct Frame: Sendable, Hashable {
      package let label: String
      package var nodes: [Int] = []
    }

    package var nodes: [Node] = []
    package var edges: [Edge] = []
    package var frames: [Frame] = []
    /// Whether it reads from left to right, else from the top down.
    package var isAcross = false

    /// Adds a box, and returns its place.
    package mutating func add(_ node: Node) -> Int {
      nodes.append(node)
      return nodes.count - 1
    }
  }

  // MARK: - A sequence

  /// Who takes part, and what passes between them in order.
  package struct Sequence: Sendable, Hashable {
    package struct Participant: Sendable, Hashable {
      package let label: String
      /// Whether it is a person.
      package let isPerson: Bool
    }

    package enum Item: Sendable, Hashable {
      /// A message; one that failed or was refused is crossed.
      case message(from: Int, to: Int, label: String, isCrossed: Bool)
      /// What a participant does by itself.
      case note(at: Int, label: String)
      /// What is said across all of them.
      case pause(String)
    }

    package var participants: [Participant] = []
    package var items: [Item] = []
  }

  // MARK: - A statechart

  /// States, some inside others, and the ways between them.
  package struct Chart: Sendable, Hashable {
    package struct State: Sendable, Hashable {
      package let label: String
      /// The place of the state around it; `nil` at the top.
      package let parent: Int?
      /// Its name in languages that have ids for states; the label when empty.
      package var path = ""
      /// Whether it is where the states around it begin, or around where they do.
      package var isInitial = false
      package var isFinal = false
      /// Whether all states inside it are active together.
      package var isParallel = false
      /// Whether it stands for what was active last; whether deep, for all of that.
      package var history: History?
      /// Whether the aggregate is in it.
      package var isHere = false
      /// The places of the states that it begins with, or that a history stands for at first.
      package var initial: [Int] = []
      package var entry: [MachineDeed] = []
      package var exit: [MachineDeed] = []
      package var start: [MachineDeed] = []
    }

    package enum History: String, Sendable, Hashable {
      case shallow
      case deep
    }

    package struct Way: Sendable, Hashable {
      package let from: Int
      package let to: Int
      package var label = ""
      /// Whether the aggregate has gone it.
      package var isTaken = false
    }

    /// A transition as languages have it that say more than where it leads.
    package struct Transition: Sendable, Hashable {
      package let from: Int
      package let targets: [Int]
      package var trigger: MachineTrigger
      package var condition: String?
      package var isInternal = false
      package var deeds: [MachineDeed] = []
    }

    /// What the chart is of.
    package var name = ""
    package var states: [State] = []
    package var ways: [Way] = []
    package var transitions: [Transition] = []

    /// The places of the states right inside one, or of those at the top.
    func inside(_ parent: Int?) -> [Int] { states.indices.filter { states[$0].parent == parent } }
  }
}

extension Diagram {
  /// The diagram in a language, with a line break at its end.
  package func text(_ format: Format) -> String {
    switch (self, format) {
    case (.graph(let graph), .mermaid): MermaidWriter.text(graph)
    case (.graph(let graph), .dot): DotWriter.text(graph)
    case (.sequence(let sequence), .mermaid): MermaidWriter.text(sequence)
    case (.sequence(let sequence), .dot): DotWriter.text(sequence)
    case (.chart(let chart), .mermaid): MermaidWriter.text(chart)
    case (.chart(let chart), .dot): DotWriter.text(chart)
    }
  }
}
