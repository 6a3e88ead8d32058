//! How a table is billed, streamed, protected and labelled.

/// How a table is billed, streamed, protected and labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableSettings {
    /// How reads and writes are paid for.
    pub billing: Billing,
    /// What the table's stream carries; `None` means no stream.
    pub stream: Option<StreamViewType>,
    /// Point-in-time recovery: `None` leaves the choice to the environment.
    pub point_in_time_recovery: Option<PointInTimeRecovery>,
    /// Protection against deletion: `None` leaves the choice to the environment.
    pub deletion_protection: Option<bool>,
    /// The storage class.
    pub table_class: TableClass,
    /// Throughput that the table is ready for at once.
    pub warm_throughput: Option<Capacity>,
    /// Tags of the table, sorted by key.
    pub tags: &'static [(&'static str, &'static str)],
    /// The name that the table has in AWS, if the code calls it by another one since.
    pub renamed_from: Option<&'static str>,
}

/// How reads and writes of a table are paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Billing {
    /// Per request; `max` bounds the units that a second may use.
    OnDemand {
        /// The most read and write request units a second, if bounded.
        max: Option<Capacity>,
    },
    /// For capacity units provisioned in advance.
    Provisioned(Capacity),
}

/// Read and write units a second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Capacity {
    /// Read units a second.
    pub read: u64,
    /// Write units a second.
    pub write: u64,
}

/// What a record of a table's stream carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StreamViewType {
    /// The key of the changed item.
    KeysOnly,
    /// The item after the change.
    NewImage,
    /// The item before the change.
    OldImage,
    /// Both.
    NewAndOldImages,
}

/// Whether every second of the last days can be restored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PointInTimeRecovery {
    /// Switched off.
    Disabled,
    /// Switched on, for 1 to 35 days.
    Enabled {
        /// How many days back.
        days: u8,
    },
}

/// The storage class of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TableClass {
    /// For tables that are read and written often.
    Standard,
    /// For tables whose storage costs more than their calls.
    StandardInfrequentAccess,
}

impl TableSettings {
    /// On-demand billing, no stream, the standard class, and the rest left to the environment.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            billing: Billing::OnDemand { max: None },
            stream: None,
            point_in_time_recovery: None,
            deletion_protection: None,
            table_class: TableClass::Standard,
            warm_throughput: None,
            tags: &[],
            renamed_from: None,
        }
    }

    /// The same settings with this billing.
    #[must_use]
    pub const fn with_billing(mut self, billing: Billing) -> Self {
        self.billing = billing;
        self
    }

    /// The same settings with a stream.
    #[must_use]
    pub const fn with_stream(mut self, view: StreamViewType) -> Self {
        self.stream = Some(view);
        self
    }

    /// The same settings with point-in-time recovery decided.
    #[must_use]
    pub const fn with_point_in_time_recovery(mut self, recovery: PointInTimeRecovery) -> Self {
        self.point_in_time_recovery = Some(recovery);
        self
    }

    /// The same settings with deletion protection decided.
    #[must_use]
    pub const fn with_deletion_protection(mut self, enabled: bool) -> Self {
        self.deletion_protection = Some(enabled);
        self
    }

    /// The same settings with this storage class.
    #[must_use]
    pub const fn with_table_class(mut self, class: TableClass) -> Self {
        self.table_class = class;
        self
    }

    /// The same settings with warm throughput.
    #[must_use]
    pub const fn with_warm_throughput(mut self, capacity: Capacity) -> Self {
        self.warm_throughput = Some(capacity);
        self
    }

    /// The same settings with these tags, sorted by key.
    #[must_use]
    pub const fn with_tags(mut self, tags: &'static [(&'static str, &'static str)]) -> Self {
        self.tags = tags;
        self
    }

    /// The same settings of a table that keeps this name in AWS.
    #[must_use]
    pub const fn with_renamed_from(mut self, name: &'static str) -> Self {
        self.renamed_from = Some(name);
        self
    }
}

impl Default for TableSettings {
    fn default() -> Self {
        Self::new()
    }
}

impl StreamViewType {
    /// DynamoDB's name of the view type.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::KeysOnly => "KEYS_ONLY",
            Self::NewImage => "NEW_IMAGE",
            Self::OldImage => "OLD_IMAGE",
            Self::NewAndOldImages => "NEW_AND_OLD_IMAGES",
        }
    }
}

impl TableClass {
    /// DynamoDB's name of the class.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Standard => "STANDARD",
            Self::StandardInfrequentAccess => "STANDARD_INFREQUENT_ACCESS",
        }
    }
}
