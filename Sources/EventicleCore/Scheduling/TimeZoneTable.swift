/// The usual names of time zones and the rules in force there now.
///
/// Only current rules are known: an instant of an earlier year is shown by today's rule, and
/// changes without a yearly rule, such as Morocco's at Ramadan, are left out.
enum TimeZoneTable {
  /// The canonical name and the POSIX text of a name in any case.
  static func entry(named name: String) -> (name: String, posix: String)? {
    entries[name.lowercased()]
  }

  /// Every name, in order.
  static let names = entries.values.map(\.name).sorted()

  private static let entries: [String: (name: String, posix: String)] = {
    var entries: [String: (name: String, posix: String)] = [:]
    for (posix, names) in rules {
      for name in names.split(whereSeparator: \.isWhitespace) {
        entries[name.lowercased()] = (String(name), posix)
      }
    }
    return entries
  }()

  private static let rules: [(posix: String, names: String)] = [
    ("GMT0", "Africa/Abidjan Africa/Accra Africa/Dakar Atlantic/Reykjavik"),
    ("EAT-3", "Africa/Addis_Ababa Africa/Dar_es_Salaam Africa/Kampala Africa/Nairobi"),
    ("CET-1", "Africa/Algiers Africa/Tunis"),
    ("EET-2EEST,M4.5.5/0,M10.5.4/24", "Africa/Cairo"),
    ("CAT-2", "Africa/Harare Africa/Khartoum Africa/Maputo Africa/Windhoek"),
    ("SAST-2", "Africa/Johannesburg"),
    ("WAT-1", "Africa/Kinshasa Africa/Lagos Africa/Luanda"),
    ("EET-2", "Africa/Tripoli"),
    ("HST10HDT,M3.2.0,M11.1.0", "America/Adak"),
    ("AKST9AKDT,M3.2.0,M11.1.0", "America/Anchorage US/Alaska"),
    (
      "<-03>3",
      """
      America/Argentina/Buenos_Aires America/Asuncion America/Montevideo America/Sao_Paulo
      """
    ),
    ("<-05>5", "America/Bogota America/Guayaquil America/Lima"),
    ("<-04>4", "America/Caracas America/La_Paz"),
    ("CST6CDT,M3.2.0,M11.1.0", "America/Chicago America/Winnipeg US/Central"),
    (
      "CST6",
      """
      America/Costa_Rica America/Guatemala America/Managua America/Mexico_City America/Regina
      """
    ),
    ("MST7MDT,M3.2.0,M11.1.0", "America/Denver America/Edmonton US/Mountain"),
    ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "America/Godthab America/Nuuk"),
    ("AST4ADT,M3.2.0,M11.1.0", "America/Halifax"),
    ("CST5CDT,M3.2.0/0,M11.1.0/1", "America/Havana"),
    ("EST5", "America/Jamaica America/Panama"),
    ("PST8PDT,M3.2.0,M11.1.0", "America/Los_Angeles America/Tijuana America/Vancouver US/Pacific"),
    ("EST5EDT,M3.2.0,M11.1.0", "America/New_York America/Toronto US/Eastern"),
    ("<-02>2", "America/Noronha"),
    ("MST7", "America/Phoenix US/Arizona"),
    ("AST4", "America/Puerto_Rico America/Santo_Domingo"),
    ("<-04>4<-03>,M9.1.6/24,M4.1.6/24", "America/Santiago"),
    ("NST3:30NDT,M3.2.0,M11.1.0", "America/St_Johns"),
    ("NZST-12NZDT,M9.5.0,M4.1.0/3", "Antarctica/McMurdo Pacific/Auckland"),
    ("<+00>0<+02>-2,M3.5.0/1,M10.5.0/3", "Antarctica/Troll"),
    ("<+05>-5", "Asia/Almaty Asia/Tashkent Asia/Yekaterinburg Indian/Maldives"),
    (
      "<+03>-3",
      """
      Asia/Amman Asia/Baghdad Asia/Damascus Asia/Kuwait Asia/Qatar Asia/Riyadh Europe/Istanbul
      Europe/Minsk
      """
    ),
    ("<+04>-4", "Asia/Baku Asia/Dubai Asia/Tbilisi Asia/Yerevan Indian/Mauritius"),
    ("<+07>-7", "Asia/Bangkok Asia/Ho_Chi_Minh Asia/Saigon"),
    ("EET-2EEST,M3.5.0/0,M10.5.0/0", "Asia/Beirut"),
    ("IST-5:30", "Asia/Calcutta Asia/Kolkata"),
    ("<+0530>-5:30", "Asia/Colombo"),
    ("<+06>-6", "Asia/Dhaka"),
    ("HKT-8", "Asia/Hong_Kong"),
    ("WIB-7", "Asia/Jakarta"),
    ("IST-2IDT,M3.4.4/26,M10.5.0", "Asia/Jerusalem"),
    ("<+0430>-4:30", "Asia/Kabul"),
    ("PKT-5", "Asia/Karachi"),
    ("<+0545>-5:45", "Asia/Kathmandu Asia/Katmandu"),
    ("<+08>-8", "Asia/Kuala_Lumpur Asia/Singapore Asia/Ulaanbaatar"),
    ("PST-8", "Asia/Manila"),
    ("<+0630>-6:30", "Asia/Rangoon Asia/Yangon"),
    ("KST-9", "Asia/Seoul"),
    ("CST-8", "Asia/Shanghai Asia/Taipei"),
    ("<+0330>-3:30", "Asia/Tehran"),
    ("JST-9", "Asia/Tokyo"),
    ("<+10>-10", "Asia/Vladivostok Pacific/Port_Moresby"),
    ("<-01>1<+00>,M3.5.0/0,M10.5.0/1", "Atlantic/Azores"),
    ("WET0WEST,M3.5.0/1,M10.5.0", "Atlantic/Canary Europe/Lisbon"),
    ("ACST-9:30ACDT,M10.1.0,M4.1.0/3", "Australia/Adelaide"),
    ("AEST-10", "Australia/Brisbane"),
    ("ACST-9:30", "Australia/Darwin"),
    ("<+0845>-8:45", "Australia/Eucla"),
    ("AEST-10AEDT,M10.1.0,M4.1.0/3", "Australia/Hobart Australia/Melbourne Australia/Sydney"),
    ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", "Australia/Lord_Howe"),
    ("AWST-8", "Australia/Perth"),
    (
      "CET-1CEST,M3.5.0,M10.5.0/3",
      """
      Europe/Amsterdam Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels
      Europe/Budapest Europe/Copenhagen Europe/Ljubljana Europe/Luxembourg Europe/Madrid
      Europe/Oslo Europe/Paris Europe/Prague Europe/Rome Europe/Stockholm Europe/Vienna
      Europe/Warsaw Europe/Zagreb Europe/Zurich
      """
    ),
    (
      "EET-2EEST,M3.5.0/3,M10.5.0/4",
      """
      Europe/Athens Europe/Bucharest Europe/Helsinki Europe/Kiev Europe/Kyiv Europe/Riga
      Europe/Sofia Europe/Tallinn Europe/Vilnius
      """
    ),
    ("EET-2EEST,M3.5.0,M10.5.0/3", "Europe/Chisinau"),
    ("IST-1GMT0,M10.5.0,M3.5.0/1", "Europe/Dublin"),
    ("GMT0BST,M3.5.0/1,M10.5.0", "Europe/London"),
    ("MSK-3", "Europe/Moscow"),
    ("<+13>-13", "Pacific/Apia Pacific/Tongatapu"),
    ("<+1245>-12:45<+1345>,M9.5.0/2:45,M4.1.0/3:45", "Pacific/Chatham"),
    ("<+12>-12", "Pacific/Fiji"),
    ("ChST-10", "Pacific/Guam"),
    ("HST10", "Pacific/Honolulu US/Hawaii"),
    ("<+14>-14", "Pacific/Kiritimati"),
    ("<-0930>9:30", "Pacific/Marquesas"),
    ("<+11>-11", "Pacific/Noumea"),
    ("SST11", "Pacific/Pago_Pago"),
    ("<-10>10", "Pacific/Tahiti"),
  ]
}
