//! Continuous backups, which always are, and point-in-time recovery, which is switched on and off.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Result, invalid, member};

/// The days that can be restored, for tables with point-in-time recovery.
#[derive(Debug, Default)]
pub(super) struct Recovery(BTreeMap<String, u64>);

impl Recovery {
    pub(super) fn switch(&mut self, table: &str, specification: &Value) -> Result<()> {
        let Some(enabled) = member(specification, "PointInTimeRecoveryEnabled").as_bool() else {
            let message = "1 validation error detected: Value null at \
                           'pointInTimeRecoverySpecification.pointInTimeRecoveryEnabled' failed to satisfy constraint: \
                           Member must not be null";
            return Err(invalid(message.to_owned()));
        };
        let days = member(specification, "RecoveryPeriodInDays").as_u64().unwrap_or(35);
        if !(1..=35).contains(&days) {
            let message = "1 validation error detected: Value at \
                           'pointInTimeRecoverySpecification.recoveryPeriodInDays' failed to satisfy constraint: Member \
                           must be between 1 and 35";
            return Err(invalid(message.to_owned()));
        }
        if enabled {
            self.0.insert(table.to_owned(), days);
        } else {
            self.0.remove(table);
        }
        Ok(())
    }

    pub(super) fn described(&self, table: &str) -> String {
        let recovery = match self.0.get(table) {
            Some(days) => json!({ "PointInTimeRecoveryStatus": "ENABLED", "RecoveryPeriodInDays": days }),
            None => json!({ "PointInTimeRecoveryStatus": "DISABLED" }),
        };
        let description = json!({ "ContinuousBackupsStatus": "ENABLED", "PointInTimeRecoveryDescription": recovery });
        json!({ "ContinuousBackupsDescription": description }).to_string()
    }

    pub(super) fn forget(&mut self, table: &str) {
        self.0.remove(table);
    }
}
