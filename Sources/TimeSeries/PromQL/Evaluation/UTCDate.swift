/// A moment in the Gregorian calendar, UTC.
struct UTCDate {
    let year: Int
    /// 1 is January.
    let month: Int
    let day: Int
    let secondOfDay: Int
    /// 0 is Sunday.
    let weekday: Int
    /// 1 is the first of January.
    let dayOfYear: Int

    /// Nil for what is no time, or too far from 1970 to be one.
    init?(secondsSince1970 value: Double) {
        guard value.magnitude < 1e15 else { return nil }
        let seconds = Int(value)
        let days = Self.floorDivide(seconds, 86_400)
        secondOfDay = seconds - days * 86_400
        weekday = Self.modulo(days + 4, 7)
        // Years that begin in March, so that a leap day comes last; 400 of them are an era.
        let shifted = days + 719_468
        let era = Self.floorDivide(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let leapDays = dayOfEra / 1_460 - dayOfEra / 36_524 + dayOfEra / 146_096
        let yearOfEra = (dayOfEra - leapDays) / 365
        let dayFromMarch = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayFromMarch + 2) / 153
        day = dayFromMarch - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        var passed = 0
        for earlier in 1..<13 where earlier < month {
            passed += Self.days(of: earlier, in: year)
        }
        dayOfYear = passed + day
    }

    var daysInMonth: Int { Self.days(of: month, in: year) }

    private static func days(of month: Int, in year: Int) -> Int {
        switch month {
        case 2: modulo(year, 4) == 0 && (modulo(year, 100) != 0 || modulo(year, 400) == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    private static func floorDivide(_ value: Int, _ divisor: Int) -> Int {
        value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
    }

    private static func modulo(_ value: Int, _ divisor: Int) -> Int {
        value - floorDivide(value, divisor) * divisor
    }
}
