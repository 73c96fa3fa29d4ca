//! Calendar days, without clocks or time zones.
//!
//! In: year, month, day or an ISO 8601 string. Out: [`Date`] with the arithmetic that time expressions need
//! (weekdays, adding days, ISO weeks). Days are counted with Howard Hinnant's civil-from-days algorithm.

use crate::{Error, ErrorKind};
use std::fmt;
use std::str::FromStr;

/// Names one day of the proleptic Gregorian calendar, year 1 to 9999.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: i32,
    month: u8,
    day: u8,
}

impl Date {
    /// Creates a day of the Gregorian calendar.
    ///
    /// # Errors
    /// [`ErrorKind::Document`] when there is no such day or the year is not 1 to 9999.
    pub fn new(year: i32, month: u8, day: u8) -> Result<Self, Error> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) || day < 1 || day > days_in(year, month)
        {
            return Err(Error::new(
                ErrorKind::Document,
                format!(
                    "{year:04}-{month:02}-{day:02} is not a day of the Gregorian calendar in years 1 to 9999"
                ),
            ));
        }
        Ok(Date { year, month, day })
    }

    /// Returns the year, 1 to 9999.
    pub fn year(self) -> i32 {
        self.year
    }

    /// Returns the month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// Returns the day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// Returns the ISO weekday, Monday 1 to Sunday 7.
    pub fn weekday(self) -> u8 {
        ((self.days() + 3).rem_euclid(7) + 1) as u8
    }

    /// Returns the day `count` days later (earlier when negative), or `None` outside years 1 to 9999.
    pub fn add_days(self, count: i64) -> Option<Self> {
        let date = Date::from_days(self.days().checked_add(count)?)?;
        Some(date)
    }

    /// Returns the ISO 8601 week-numbering year and week, 1 to 53.
    pub fn iso_week(self) -> (i32, u8) {
        let thursday = self.days() + 4 - i64::from(self.weekday());
        let (year, ..) = civil(thursday);
        let first = days_of(year, 1, 1);
        (year as i32, ((thursday - first) / 7 + 1) as u8)
    }

    /// Days since 1970-01-01.
    pub(crate) fn days(self) -> i64 {
        days_of(i64::from(self.year), i64::from(self.month), i64::from(self.day))
    }

    fn from_days(days: i64) -> Option<Self> {
        if !(-719_162..=2_932_896).contains(&days) {
            return None;
        }
        let (year, month, day) = civil(days);
        Date::new(year as i32, month as u8, day as u8).ok()
    }
}

/// Days of the month, which must be 1 to 12.
pub(crate) fn days_in(year: i32, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        _ => 31,
    }
}

fn days_of(year: i64, month: i64, day: i64) -> i64 {
    let y = if month <= 2 { year - 1 } else { year };
    let era = y.div_euclid(400);
    let year_of_era = y.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

fn civil(days: i64) -> (i64, i64, i64) {
    let z = days + 719_468;
    let era = z.div_euclid(146_097);
    let day_of_era = z.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let m = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * m + 2) / 5 + 1;
    let month = if m < 10 { m + 3 } else { m - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl FromStr for Date {
    type Err = Error;

    /// Parses `YYYY-MM-DD`; a time after `T` or a space is accepted and dropped.
    fn from_str(s: &str) -> Result<Self, Error> {
        let bad = || {
            Error::new(
                ErrorKind::Document,
                format!("{s:?} is not a date; accepted is YYYY-MM-DD, such as 2026-01-22"),
            )
        };
        let day = s.split(['T', ' ']).next().unwrap_or(s);
        let mut parts = day.split('-');
        let mut next = |width: usize| {
            parts.next().filter(|p| p.len() == width && p.bytes().all(|b| b.is_ascii_digit())).ok_or_else(bad)
        };
        let (year, month, day) = (next(4)?, next(2)?, next(2)?);
        if parts.next().is_some() {
            return Err(bad());
        }
        Date::new(
            year.parse().map_err(|_| bad())?,
            month.parse().map_err(|_| bad())?,
            day.parse().map_err(|_| bad())?,
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_round_trip_over_every_day_of_five_centuries() {
        let mut date: Date = "1700-01-01".parse().unwrap();
        let mut weekday = date.weekday();
        for _ in 0..182_000 {
            let next = date.add_days(1).unwrap();
            assert_eq!(next.add_days(-1), Some(date));
            weekday = weekday % 7 + 1;
            assert_eq!(next.weekday(), weekday);
            date = next;
        }
    }

    #[test]
    fn known_days_have_their_weekday_and_week() {
        let day: Date = "2026-01-22".parse().unwrap();
        assert_eq!((day.weekday(), day.iso_week()), (4, (2026, 4)));
        let day: Date = "2021-01-03T10:00".parse().unwrap();
        assert_eq!((day.weekday(), day.iso_week()), (7, (2020, 53)));
    }

    #[test]
    fn days_outside_the_calendar_are_errors() {
        for bad in ["2025-02-29", "2025-13-01", "0000-01-01", "25-01-01", "2025-1-1", "", "2025-01-01-01"] {
            assert!(bad.parse::<Date>().is_err(), "{bad}");
        }
        assert_eq!("9999-12-31".parse::<Date>().unwrap().add_days(1), None);
        assert_eq!("0001-01-01".parse::<Date>().unwrap().add_days(-1), None);
    }
}
