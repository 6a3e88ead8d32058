//! Rules for billing, recovery, warm throughput and tags.

use std::collections::BTreeSet;

use tablewright::schema::{Billing, PointInTimeRecovery};

use super::Report;
use crate::options::Provider;

const WARM_READ: u64 = 12_000;
const WARM_WRITE: u64 = 4_000;
const MAX_TAGS: usize = 50;

pub(super) fn check(report: &mut Report<'_>) {
    let settings = report.table.settings;
    match settings.billing {
        Billing::Provisioned(capacity) if capacity.read < 1 || capacity.write < 1 => {
            report.add("its provisioned capacity is 0; provision at least 1 read and 1 write unit".to_owned());
        }
        Billing::OnDemand { max: Some(max) } if max.read < 1 || max.write < 1 => {
            report.add("its on-demand maximum is 0; allow at least 1 read and 1 write unit, or set none".to_owned());
        }
        Billing::Provisioned(_) | Billing::OnDemand { .. } => {}
    }
    if let Some(PointInTimeRecovery::Enabled { days }) = settings.point_in_time_recovery
        && !(1..=35).contains(&days)
    {
        report.add(format!("its point-in-time recovery reaches back {days} days; write 1 to 35"));
    }
    warm_throughput(report);
    tags(report);
}

fn warm_throughput(report: &mut Report<'_>) {
    let Some(warm) = report.table.settings.warm_throughput else { return };
    if report.provider == Provider::Aws5 {
        report.add(
            "it has warm throughput, which the provider knows from version 6; generate with `--provider aws6`, or \
             remove it"
                .to_owned(),
        );
    }
    if warm.read < WARM_READ || warm.write < WARM_WRITE {
        report.add(format!(
            "its warm throughput is {} reads and {} writes; AWS wants at least {WARM_READ} and {WARM_WRITE}, which \
             every on-demand table has anyway",
            warm.read, warm.write,
        ));
    }
}

fn tags(report: &mut Report<'_>) {
    let tags = report.table.settings.tags;
    if tags.len() > MAX_TAGS {
        report.add(format!("it has {} tags; AWS allows {MAX_TAGS}", tags.len()));
    }
    let mut keys = BTreeSet::new();
    for (key, value) in tags {
        if !keys.insert(key) {
            report.add(format!("tag `{key}` is there twice; write it once"));
        }
        if !(1..=128).contains(&key.chars().count()) {
            report.add(format!("tag `{key}` has a key of {} characters; write 1 to 128", key.chars().count()));
        }
        if value.chars().count() > 256 {
            report.add(format!("tag `{key}` has a value of {} characters; AWS allows 256", value.chars().count()));
        }
        if key.get(..4).is_some_and(|start| start.eq_ignore_ascii_case("aws:")) {
            report.add(format!("tag `{key}` begins with `aws:`, which AWS keeps for itself; take another key"));
        }
    }
}
