/// Descriptions of terminals that ncurses can use without the machine's own.
///
/// They are compiled from `terminals.ti`, a golden file of the tests; `make golden` makes them anew.
enum TerminalDescription: String, CaseIterable, Sendable {
  /// A terminal that understands xterm's sequences and exact colours.
  ///
  /// A colour below 256 is one of the palette; the others are ``firstExactColor`` and above.
  case direct = "eventicle-direct"
  /// A terminal that understands xterm's sequences and has 256 colours.
  case palette = "eventicle-256color"
  /// A terminal of which only ANSI's sequences and eight colours are expected.
  case ansi = "eventicle-ansi"

  /// The number of the colour `#000000` where colours are exact.
  static let firstExactColor: Int32 = 0x100_0000

  /// A terminal of nearly the same abilities that most machines describe; none has these numbers
  /// of exact colours.
  var similar: String? {
    switch self {
    case .direct: nil
    case .palette: "xterm-256color"
    case .ansi: "ansi"
    }
  }

  /// The compiled description in Base64.
  var compiled: String {
    switch self {
    case .direct:
      """
      HgJUAB0ADwBpAVICZXZlbnRpY2xlLWRpcmVjdHxhbnkgdGVybWluYWwgdGhhdCB1bmRlcnN0YW5kcyB4dGVybSdzIH\
      NlcXVlbmNlcyBhbmQgMjQtYml0IGNvbG91cnMAAAEAAAEAAAABAAAAAAEBAAAAAAAAAAAAAAEAAAEAUAAAAAgAAAAY\
      AAAA_____________________________________________________wAAAAIAAAEA__8AAAIABAD__xUAHQAhAC\
      UA__8wAEEAQwBHAE4A__9QAFcA__9bAP__________________XwBkAP__bQD_______9yAP__dwB8AP__hQCJAP__\
      _____5IA__________________________________________________________________________________\
      ________________________________-YAKAA_____________________________________________6gA____\
      ____sQC6AP__wwD________________________________MAP__1wDZANwA______________________________\
      __________________________________________________________________________________________\
      __________________________________________________________________________________________\
      __________________________________________________________________________________________\
      _________________________________________________________________xIB______________________\
      __________________________________________________FwH-__7_______7__v___________________yAB\
      ________________________JQH_______________________________________________________________\
      ___________________________________ysBvgEHAA0AG1slaSVwMSVkOyVwMiVkcgAbW0gbWzJKABtbSwAbW0oA\
      G1slaSVwMSVkRwAbWyVpJXAxJWQ7JXAyJWRIAAoAG1tIABtbPzI1bAAIABtbPzI1aAAbW0MAG1tBABtbMW0AG1s_MT\
      A0OWgAG1sybQAbWzdtABtbNG0AG1slcDElZFgAG1ttABtbPzEwNDlsABtbMjRtABtbPzFsGz4AG1s_MWgbPQAbWyVw\
      MSVkQgAbWyVwMSVkRAAbWyVwMSVkQwAbWyVwMSVkQQAbWyVpJXAxJWRkAAoAG00AG1swJT8lcDYldDsxJTslPyVwNS\
      V0OzIlOyU_JXAyJXQ7NCU7JT8lcDElcDMlfCV0OzclO20AG1sxSwAbWzM5OzQ5bQAbWzNtABtbMjNtABtbJT8lcDEl\
      ezh9JTwldDMlcDElZCVlJXAxJXsxNn0lPCV0OSVwMSV7OH0lLSVkJWUlcDElezE2Nzc3MjE2fSU8JXQzODs1OyVwMS\
      VkJWUzODsyOyVwMSV7NjU1MzZ9JS8lezI1NX0lJiVkOyVwMSV7MjU2fSUvJXsyNTV9JSYlZDslcDElezI1NX0lJiVk\
      JTttABtbJT8lcDElezh9JTwldDQlcDElZCVlJXAxJXsxNn0lPCV0MTAlcDElezh9JS0lZCVlJXAxJXsxNjc3NzIxNn\
      0lPCV0NDg7NTslcDElZCVlNDg7MjslcDElezY1NTM2fSUvJXsyNTV9JSYlZDslcDElezI1Nn0lLyV7MjU1fSUmJWQ7\
      JXAxJXsyNTV9JSYlZCU7bQABAAAAAQADAA0AAQAAAAAAAwA4LzgvOABBWABSR0IA
      """
    case .palette:
      """
      GgFDAB0ADwBpAaoBZXZlbnRpY2xlLTI1NmNvbG9yfGFueSB0ZXJtaW5hbCB0aGF0IHVuZGVyc3RhbmRzIHh0ZXJtJ3\
      Mgc2VxdWVuY2VzAAABAAABAAAAAQAAAAABAQAAAAAAAAAAAAABAAABUAAIABgA__________________________8A\
      Af9___8AAAIABAD__xUAHQAhACUA__8wAEEAQwBHAE4A__9QAFcA__9bAP__________________XwBkAP__bQD___\
      ____9yAP__dwB8AP__hQCJAP_______5IA________________________________________________________\
      __________________________________________________________-YAKAA__________________________\
      ___________________6gA________sQC6AP__wwD________________________________MAP__1wDZANwA____\
      __________________________________________________________________________________________\
      __________________________________________________________________________________________\
      __________________________________________________________________________________________\
      __________________________________________________________________________________________\
      _xIB________________________________________________________________________FwH___________\
      _______________________yAB________________________JQH_____________________________________\
      _____________________________________________________________ysBagEHAA0AG1slaSVwMSVkOyVwMi\
      VkcgAbW0gbWzJKABtbSwAbW0oAG1slaSVwMSVkRwAbWyVpJXAxJWQ7JXAyJWRIAAoAG1tIABtbPzI1bAAIABtbPzI1\
      aAAbW0MAG1tBABtbMW0AG1s_MTA0OWgAG1sybQAbWzdtABtbNG0AG1slcDElZFgAG1ttABtbPzEwNDlsABtbMjRtAB\
      tbPzFsGz4AG1s_MWgbPQAbWyVwMSVkQgAbWyVwMSVkRAAbWyVwMSVkQwAbWyVwMSVkQQAbWyVpJXAxJWRkAAoAG00A\
      G1swJT8lcDYldDsxJTslPyVwNSV0OzIlOyU_JXAyJXQ7NCU7JT8lcDElcDMlfCV0OzclO20AG1sxSwAbWzM5OzQ5bQ\
      AbWzNtABtbMjNtABtbJT8lcDElezh9JTwldDMlcDElZCVlJXAxJXsxNn0lPCV0OSVwMSV7OH0lLSVkJWUzODs1OyVw\
      MSVkJTttABtbJT8lcDElezh9JTwldDQlcDElZCVlJXAxJXsxNn0lPCV0MTAlcDElezh9JS0lZCVlNDg7NTslcDElZC\
      U7bQABAAAAAAABAAMAAQAAAEFYAA==
      """
    case .ansi:
      """
      GgFGAA8ADwBpAY0AZXZlbnRpY2xlLWFuc2l8YSB0ZXJtaW5hbCB0aGF0IGlzIG5vdCBkZXNjcmliZWQ6IHBsYWluIE\
      FOU0kgc2VxdWVuY2VzAAABAAAAAAAAAAAAAAAAAQBQAP__GAD__________________________wgAQAD__wAAAgD_\
      ____BAAMABAA_____xQAJQAnACsAMgD__zQAOwD__z8A__________________9DAEgA_____________1EA__9WAP\
      ____9bAF8A________aAD_____________________________________________________________________\
      __________________________________________________________________________________________\
      ________________________________________________________________9uAP______________________\
      __________________________________________________________________________________________\
      __________________________________________________________________________________________\
      __________________________________________________________________________________________\
      __________________________________________________________________________________________\
      ______________________________________________________________9wAP________________________\
      __________________________________________________________________________________________\
      ________________________________________________eQCDAAcADQAbW0gbWzJKABtbSwAbW0oAG1slaSVwMS\
      VkOyVwMiVkSAAKABtbSAAbWz8yNWwACAAbWz8yNWgAG1tDABtbQQAbWzFtABtbPzEwNDloABtbN20AG1s0bQAbW20A\
      G1s_MTA0OWwAG1syNG0ACgAbWzM5OzQ5bQAbWzMlcDElZG0AG1s0JXAxJWRtAA==
      """
    }
  }
}
