import EventicleCore
import EventicleWorkbench

/// Where the columns of the map stand in a width.
struct MapColumns: Hashable, Sendable {
  /// How the four columns share the width.
  enum Form: Sendable {
    /// All beside each other.
    case four
    /// What a consumer asks for stands below it.
    case three
    /// Everything below what it follows from.
    case stacked
  }

  let form: Form
  let maker = 1
  let event: Int
  let count: Int
  let countWidth: Int
  let wake: Int
  let wakeWidth: Int
  let deeds: Int
  let deedsWidth: Int
  /// How far a text may reach.
  let end: Int
  /// Whether commands and events stand side by side because it is not known who makes what.
  let hasUnknown: Bool

  /// The trunks from which the ways to events and to consumers part.
  var eventTrunk: Int { form == .stacked ? 1 : event - 4 }
  var wakeTrunk: Int { form == .stacked ? 5 : wake - 4 }

  /// Computes the columns.
  ///
  /// - Parameter columns: The width inside the border.
  init(_ chart: MapChart, _ texts: MapTexts, columns: Int) {
    end = max(0, columns - 1)
    var widest = (maker: 8, event: 8, count: 1, wake: 8)
    var hasUnknown = false
    for group in chart.sections.flatMap(\.groups) {
      if !group.isKnown, !group.makers.isEmpty, !group.events.isEmpty { hasUnknown = true }
      for maker in group.makers { widest.maker = max(widest.maker, texts.maker(maker).text.width) }
      for node in group.events {
        widest.event = max(widest.event, texts.event(node.event).width)
        widest.count = max(widest.count, texts.count(node.event).width)
        for wake in node.wakes { widest.wake = max(widest.wake, MapColumns.width(wake, texts)) }
      }
    }
    for node in chart.timers {
      widest.wake = max(widest.wake, MapColumns.width(node.wake, texts))
    }
    // The border adds two columns to the width of the pane.
    let event = 1 + min(widest.maker, 30) + (hasUnknown ? 7 : 5)
    let count = event + min(widest.event, 30) + 1
    let wake = count + widest.count + 8
    let room = columns - 1 - wake
    if room < 18 {
      form = .stacked
      self.event = 5
      self.count = max(0, columns - 2 - widest.count)
      self.wake = 9
      wakeWidth = max(0, columns - 1 - 9)
      deeds = 9
      deedsWidth = wakeWidth
    } else {
      let wakeWidth = min(widest.wake, 32)
      let isFour = columns >= 98 && room - wakeWidth - 3 >= 20
      form = isFour ? .four : .three
      self.event = event
      self.count = count
      self.wake = wake
      self.wakeWidth = isFour ? wakeWidth : room
      deeds = isFour ? wake + wakeWidth : wake
      deedsWidth = isFour ? room - wakeWidth : room
    }
    countWidth = widest.count
    self.hasUnknown = hasUnknown
  }

  private static func width(_ wake: MapChart.Wake, _ texts: MapTexts) -> Int {
    texts.wake(wake).first?.width ?? 0
  }
}
