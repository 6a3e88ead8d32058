//! The item watcher: alerts for prices.

use core::fmt;
use core::str::FromStr;

use tablewright::Result;
use tablewright::prelude::*;

use super::ServerId;

/// An item whose price somebody waits for.
#[derive(DynamoTable, Debug, Clone, PartialEq, Eq)]
#[dynamo(table = "eftitemtracker")]
pub struct ItemTracker {
    /// The server.
    #[dynamo(partition_key)]
    pub server_id: ServerId,
    /// The item's name in lower case.
    #[dynamo(sort_key)]
    pub item: String,
    /// When to tell.
    pub threshold: Threshold,
    /// The first price that came in, which percentages are of.
    pub first_price: Option<u64>,
    /// Where to tell.
    pub channel: String,
    /// Who waits.
    pub handle: String,
}

/// When an alert is due.
#[derive(DynamoAttribute, Debug, Clone, Copy, PartialEq, Eq)]
#[dynamo(tag = "type", rename_all = "snake_case")]
pub enum Threshold {
    /// The price is at least this.
    Price {
        /// The price.
        at_least: u64,
    },
    /// The price has moved away from the first one by at least this, up or down.
    Percent {
        /// Hundredths of a percent, because exact numbers compare exactly.
        hundredths: u32,
    },
}

impl ItemTracker {
    /// Tracks this item, unless it is tracked already: how comes back then.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn track(self, db: &Dynamo) -> Result<Option<Self>> {
        db.create(&self).or_stored().await
    }

    /// Stops tracking an item; how it was tracked comes back.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn untrack(db: &Dynamo, server: ServerId, item: &str) -> Result<Option<Self>> {
        db.delete(Self::key(server, item)).returning_old().await
    }

    /// What is tracked on one server, by name.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn tracked(db: &Dynamo, server: ServerId) -> Result<Vec<Self>> {
        db.query(Self::query(server)).consistent().await
    }

    /// Takes note of a price. The alert that it sets off, if it does, comes back, and is deleted.
    ///
    /// Of several who bring the price at once one gets the alert: whoever deletes the item.
    ///
    /// # Errors
    /// Whatever the store reports.
    pub async fn price(db: &Dynamo, server: ServerId, item: &str, price: u64) -> Result<Option<Self>> {
        let noted = db
            .update(Self::key(server, item))
            .set_if_not_exists(|item| item.first_price, price)
            .returning_new()
            .if_met()
            .await?;
        let Some(tracker) = noted.filter(|tracker| tracker.is_due(price)) else { return Ok(None) };
        // The condition leaves an alert alone that somebody has just set in place of this one.
        let deleted = db
            .delete(tracker.primary_key())
            .condition(|item| item.threshold.eq(tracker.threshold).and(item.first_price.eq(tracker.first_price)))
            .returning_old()
            .if_met()
            .await?;
        Ok(deleted.flatten())
    }

    fn is_due(&self, price: u64) -> bool {
        match self.threshold {
            Threshold::Price { at_least } => price >= at_least,
            Threshold::Percent { hundredths } => {
                let first = self.first_price.unwrap_or(price);
                u128::from(price.abs_diff(first)) * 10_000 >= u128::from(first) * u128::from(hundredths)
            }
        }
    }
}

impl fmt::Display for Threshold {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Price { at_least } => write!(f, "{at_least}"),
            Self::Percent { hundredths } => {
                let (whole, rest) = (hundredths / 100, hundredths % 100);
                match rest {
                    0 => write!(f, "{whole}%"),
                    _ if rest % 10 == 0 => write!(f, "{whole}.{}%", rest / 10),
                    _ => write!(f, "{whole}.{rest:02}%"),
                }
            }
        }
    }
}

impl FromStr for Threshold {
    type Err = &'static str;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let Some(percent) = text.strip_suffix('%') else {
            let at_least = text.parse().map_err(|_| "a price is a whole number, such as `20000`")?;
            return Ok(Self::Price { at_least });
        };
        let (whole, rest) = percent.split_once('.').unwrap_or((percent, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(whole) || !digits(rest) || rest.len() > 2 {
            return Err("a percentage is a number with two digits after the point at most, such as `10.5%`");
        }
        match format!("{whole}{rest:0<2}").parse() {
            Ok(hundredths) if hundredths > 0 => Ok(Self::Percent { hundredths }),
            _ => Err("a percentage is above zero and at most 42949672.95, such as `10.5%`"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_are_read_as_they_are_written() {
        for text in ["20000", "10%", "10.5%", "0.25%", "18446744073709551615"] {
            assert_eq!(text.parse::<Threshold>().map(|threshold| threshold.to_string()).as_deref(), Ok(text));
        }
        for text in ["", "%", "-1", "0%", "1.234%", "1.%", "ten", "99999999%", "1.+5%"] {
            assert!(text.parse::<Threshold>().is_err(), "{text}");
        }
    }
}
