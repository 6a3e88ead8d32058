//! Time to live, which ends only under the name that it has.

use serde_json::Value;

use super::{Result, invalid, member};

/// Refuses to switch off the time to live of an attribute while another one has it, which the engine would do.
pub(super) fn check(request: &Value, describe: impl FnOnce(&Value) -> Result<Value>) -> Result<()> {
    let asked = member(request, "TimeToLiveSpecification");
    if member(asked, "Enabled") != false {
        return Ok(());
    }
    // The engine says what is wrong with the table.
    let described = describe(request).unwrap_or_default();
    let current = member(member(&described, "TimeToLiveDescription"), "AttributeName").as_str();
    match (current, member(asked, "AttributeName").as_str()) {
        (Some(current), Some(other)) if current != other => Err(invalid(format!(
            "TimeToLive is active on a different AttributeName: current AttributeName is {current}"
        ))),
        _ => Ok(()),
    }
}
