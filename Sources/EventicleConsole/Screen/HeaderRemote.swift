import EventicleCore
import EventicleWorkbench

/// What the header says of the system that the session is attached to.
enum HeaderRemote {
  /// `shop-prod ▌PRODUCTION▐ redis  READ-ONLY  ● live  lag 0.2 s  14/s  capture #8,412`.
  static func parts(_ remote: RemoteNotice, _ model: Model) -> [HeaderBar.Part] {
    var parts = [part(PaneText.data(remote.name, limit: 24), .uiHeader, 3)]
    switch remote.colour {
    case .production: parts.append(part("▌PRODUCTION▐", .contextProduction, 0))
    case .staging: parts.append(part("▌STAGING▐", .contextStaging, 0))
    case .none: break
    }
    parts.append(part(PaneText.data(remote.transport, limit: 12), .uiHeader, 6))
    if let fork = model.fork {
      parts.append(part(" LOCAL FORK " + PaneText.data(fork, limit: 24) + " ", .modeFork, 0))
    } else {
      parts.append(part("READ-ONLY", .statusPending, 4))
    }
    let (text, role) = state(remote.state)
    parts.append(part(text, role, role == .statusOk ? 1 : 0))
    if case .live = remote.state, let lag = remote.lag {
      parts.append(part("lag " + PaneText.data(Self.seconds(lag)), .uiMuted, 7))
      parts.append(part("\(remote.rate)/s", .uiMuted, 7))
    }
    let capture = "capture #\(remote.attachment.taken.grouped)"
    parts.append(part(PaneText.data(capture), .uiMuted, 9))
    if remote.attachment.seenAgain > 0 {
      let again = "\(remote.attachment.seenAgain.grouped) seen again"
      parts.append(part(PaneText.data(again), .uiMuted, 9))
    }
    if remote.attachment.opaque > 0 {
      let opaque = "\(remote.attachment.opaque.grouped) unread"
      parts.append(part(PaneText.data(opaque), .statusWarn, 8))
    }
    return parts
  }

  private static func part(
    _ text: DisplayText, _ role: StyleRole, _ rank: Int
  ) -> HeaderBar.Part { HeaderBar.Part(text: text, role: role, rank: rank) }

  private static func state(_ state: RemoteNotice.State) -> (DisplayText, StyleRole) {
    switch state {
    case .connecting(nil): ("○ connecting", .statusPending)
    case .connecting: ("◌ not reached", .statusError)
    case .reading: ("○ reading", .statusPending)
    case .live: ("● live", .statusOk)
    case .behind(let count): ("▲ behind " + PaneText.data(count.grouped), .statusWarn)
    case .lost(let time, _, _): ("◌ lost " + PaneText.data(words(time)), .statusError)
    case .refused: ("✗ refused", .statusError)
    }
  }

  private static func words(_ time: Interval) -> String {
    time.milliseconds < 60_000 ? "\(time.milliseconds / 1_000) s" : time.brief
  }

  /// `0.2 s`, and from a minute on as elsewhere.
  static func seconds(_ time: Interval) -> String {
    guard time.milliseconds < 60_000 else { return time.brief }
    let tenths = (time.milliseconds + 50) / 100
    return "\(tenths / 10).\(tenths % 10) s"
  }
}
