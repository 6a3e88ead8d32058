//! The moments of the original table: whatever `isoformat()` wrote.

use core::cmp::Ordering;
use core::fmt;

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use tablewright::template::{KeySegment, SegmentError, SegmentForm, SegmentText};

/// A moment as Python's `isoformat()` writes it: with or without microseconds, with any offset or with none.
///
/// The text is kept as it is found, because it is a key: `…:01+00:00` and `…:01.000000+00:00` are one moment and two keys.
/// What is written new has six digits and `+00:00`, so that the order of the text is the order of time.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct IsoTime {
    text: Box<str>,
    moment: Timestamp,
}

impl IsoTime {
    /// A moment, in the one form that is written new.
    #[must_use]
    pub fn new(moment: Timestamp) -> Self {
        let text = format!("{}+00:00", moment.strftime("%Y-%m-%dT%H:%M:%S.%6f"));
        Self { moment: moment_of(&text).unwrap_or(moment), text: text.into() }
    }

    /// A moment as it is found; text without an offset is taken for UTC.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Some(Self { text: text.into(), moment: moment_of(text)? })
    }

    /// The next microsecond.
    #[must_use]
    pub fn next(&self) -> Self {
        Self::new(self.moment + 1.microsecond())
    }

    /// When it is.
    #[must_use]
    pub const fn moment(&self) -> Timestamp {
        self.moment
    }
}

fn moment_of(text: &str) -> Option<Timestamp> {
    let naive = || text.parse::<DateTime>().ok()?.to_zoned(TimeZone::UTC).ok().map(|zoned| zoned.timestamp());
    text.parse().ok().or_else(naive)
}

impl KeySegment for IsoTime {
    const FORM: SegmentForm = SegmentForm::Text;

    fn write_segment(&self, out: &mut SegmentText) -> Result<(), SegmentError> {
        out.push_str(&self.text);
        Ok(())
    }

    fn parse_segment(text: &str) -> Result<Self, SegmentError> {
        Self::parse(text).ok_or_else(|| SegmentError::expected("an ISO 8601 date and time"))
    }
}

impl PartialOrd for IsoTime {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for IsoTime {
    fn cmp(&self, other: &Self) -> Ordering {
        self.moment.cmp(&other.moment).then_with(|| self.text.cmp(&other.text))
    }
}

impl fmt::Display for IsoTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_of_the_original_is_read_and_kept() {
        let moment: Timestamp = "2023-03-29T14:57:01Z".parse().unwrap();
        for text in ["2023-03-29T14:57:01+00:00", "2023-03-29T14:57:01", "2023-03-29T16:57:01.000000+02:00"] {
            let time = IsoTime::parse(text).unwrap();
            assert_eq!(time.moment(), moment, "{text}");
            assert_eq!(time.to_string(), text);
        }
        assert_eq!(IsoTime::parse("yesterday"), None);
    }

    #[test]
    fn what_is_written_sorts_as_time_does() {
        let texts: Vec<_> = ["2023-12-31T23:59:59.999999Z", "2024-01-01T00:00:00Z", "2024-01-01T00:00:00.000001Z"]
            .map(|text| IsoTime::new(text.parse().unwrap()).to_string())
            .into();
        assert_eq!(texts[1], "2024-01-01T00:00:00.000000+00:00");
        assert!(texts.is_sorted());
    }
}
