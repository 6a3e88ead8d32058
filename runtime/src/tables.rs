//! Tables made, awaited, compared and deleted from their schemas.

mod description;
mod request;

use core::time::Duration;
use std::sync::Arc;

use serde_json::Value;

use crate::exec::{Failure, Operation, Request};
use crate::schema::{PointInTimeRecovery, TableSchema};
use crate::verify::{Difference, SchemaMismatch};
use crate::{Dynamo, Entity, Error, Result};
pub(crate) use description::{Description, KeyPartRole};

/// How long tables and indexes may take to become active.
const DEADLINE: Duration = Duration::from_secs(10 * 60);
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);

/// The tables of these entities, for [`Dynamo::create_tables`](crate::Dynamo::create_tables) and its likes.
///
/// ```
/// # use tablewright::{Dynamo, DynamoTable, testing::Spy};
/// # #[derive(DynamoTable)]
/// # #[dynamo(table = "notes")]
/// # struct Note { #[dynamo(partition_key)] id: u64 }
/// assert_eq!(tablewright::tables![Note][0].name, "notes");
/// ```
#[macro_export]
macro_rules! tables {
    ($($entity:ty),+ $(,)?) => {
        [$(<$entity as $crate::Entity>::TABLE),+]
    };
}

impl Dynamo {
    /// Makes these tables, with their indexes, stream, time to live and recovery, and waits until they can be used.
    ///
    /// For tests, local development and tools; tables of a service are better made by the generated Terraform.
    ///
    /// # Errors
    /// [`Error::TableExists`] if one of them is there already; then none was made.
    pub async fn create_tables(&self, tables: impl IntoIterator<Item = &'static TableSchema>) -> Result<()> {
        let tables = self.named(tables);
        for (schema, name) in &tables {
            if self.describe(schema, name).await?.is_some() {
                return Err(Error::TableExists { table: (**name).into() });
            }
        }
        for (schema, name) in &tables {
            if !self.create_unless_there(schema, name).await? {
                return Err(Error::TableExists { table: (**name).into() });
            }
        }
        for (schema, name) in &tables {
            self.settle(schema, name).await?;
        }
        Ok(())
    }

    /// Makes those of these tables that are missing, and checks that the others are as their structs say.
    ///
    /// An existing table is never changed.
    ///
    /// # Errors
    /// [`Error::SchemaMismatch`] if an existing table differs.
    pub async fn ensure_tables(&self, tables: impl IntoIterator<Item = &'static TableSchema>) -> Result<()> {
        let tables = self.named(tables);
        let mut unfinished = Vec::new();
        for (schema, name) in &tables {
            match self.describe(schema, name).await? {
                Some(live) if live.is_active() => self.compare(schema, name, &live).await?,
                // Somebody else is making it.
                Some(_) => unfinished.push((schema, name)),
                None => {
                    self.create_unless_there(schema, name).await?;
                    unfinished.push((schema, name));
                }
            }
        }
        for (schema, name) in unfinished {
            let live = self.settle(schema, name).await?;
            self.compare(schema, name, &live).await?;
        }
        Ok(())
    }

    /// Checks that these tables are there and are as their structs say: keys, types, indexes, projections, stream, time
    /// to live, billing mode and class, and recovery and protection where the struct decides them. A table whose items have
    /// versions has no replicas, unless `version(global_tables)` says that they are written in one region.
    ///
    /// # Errors
    /// [`Error::TableNotFound`] for a missing table, [`Error::SchemaMismatch`] with every difference of the first table
    /// that differs.
    pub async fn verify_tables(&self, tables: impl IntoIterator<Item = &'static TableSchema>) -> Result<()> {
        for (schema, name) in self.named(tables) {
            let live = self.control(Operation::DescribeTable, schema, &name, request::of_table(&name)).await?;
            let live = Description::of(live).map_err(|what| damaged(schema, &name, what))?;
            self.compare(schema, &name, &live).await?;
        }
        Ok(())
    }

    /// Deletes an entity's table with everything in it, and waits until it is gone.
    ///
    /// # Errors
    /// [`Error::TableNotFound`] if there is none, [`Error::Refused`] if it is protected against deletion.
    pub async fn delete_table<E: Entity>(&self) -> Result<()> {
        let (schema, name) = (E::TABLE, self.name_of(E::TABLE));
        self.control(Operation::DeleteTable, schema, &name, request::of_table(&name)).await?;
        let mut pauses = Pauses::default();
        while self.describe(schema, &name).await?.is_some() {
            pauses.next(&name, "gone").await?;
        }
        Ok(())
    }

    fn named(&self, tables: impl IntoIterator<Item = &'static TableSchema>) -> Vec<(&'static TableSchema, Arc<str>)> {
        tables.into_iter().map(|schema| (schema, self.name_of(schema))).collect()
    }

    /// Makes a table; false if there is one of that name.
    async fn create_unless_there(&self, schema: &TableSchema, name: &Arc<str>) -> Result<bool> {
        let body = request::create_table(schema, name);
        match self.attempt(request_of(Operation::CreateTable, name, &body)).await {
            Ok(_) => Ok(true),
            Err(Failure::Service(failure)) if &*failure.code == "ResourceInUseException" => Ok(false),
            Err(failure) => Err(Error::from_failure(Operation::CreateTable, name, schema.name, failure)),
        }
    }

    /// Waits for a new table and gives it what `CreateTable` cannot: time to live and recovery.
    async fn settle(&self, schema: &TableSchema, name: &Arc<str>) -> Result<Description> {
        let mut pauses = Pauses::default();
        let live = loop {
            // A table may be unknown for a moment after it was made.
            match self.describe(schema, name).await? {
                Some(live) if live.is_active() => break live,
                _ => pauses.next(name, "active, with all its indexes").await?,
            }
        };
        if let Some(attribute) = schema.ttl
            && self.time_to_live(schema, name).await?.is_none()
        {
            self.control(Operation::UpdateTimeToLive, schema, name, request::time_to_live(name, attribute)).await?;
        }
        if let Some(PointInTimeRecovery::Enabled { days }) = schema.settings.point_in_time_recovery
            && self.recovery(schema, name).await? != (PointInTimeRecovery::Enabled { days })
        {
            self.control(Operation::UpdateContinuousBackups, schema, name, request::recovery(name, days)).await?;
        }
        Ok(live)
    }

    async fn compare(&self, schema: &TableSchema, name: &Arc<str>, live: &Description) -> Result<()> {
        let ttl = self.time_to_live(schema, name).await?;
        let recovery = match schema.settings.point_in_time_recovery {
            Some(_) => Some(self.recovery(schema, name).await?),
            None => None,
        };
        let differences = crate::verify::differences(schema, live, ttl.as_deref(), recovery);
        if differences.is_empty() {
            return Ok(());
        }
        Err(Error::SchemaMismatch(Box::new(SchemaMismatch { table: (**name).into(), differences })))
    }

    async fn describe(&self, schema: &TableSchema, name: &Arc<str>) -> Result<Option<Description>> {
        match self.control(Operation::DescribeTable, schema, name, request::of_table(name)).await {
            Ok(live) => Description::of(live).map(Some).map_err(|what| damaged(schema, name, what)),
            Err(Error::TableNotFound(_)) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The attribute that time to live goes by, if it is on.
    async fn time_to_live(&self, schema: &TableSchema, name: &Arc<str>) -> Result<Option<String>> {
        let answer = self.optional(Operation::DescribeTimeToLive, schema, name).await?;
        Ok(description::time_to_live(&answer))
    }

    async fn recovery(&self, schema: &TableSchema, name: &Arc<str>) -> Result<PointInTimeRecovery> {
        let answer = self.optional(Operation::DescribeContinuousBackups, schema, name).await?;
        Ok(description::recovery(&answer))
    }

    /// Asks for something that small servers do not have, which means that it is off.
    async fn optional(&self, operation: Operation, schema: &TableSchema, name: &Arc<str>) -> Result<Value> {
        match self.control(operation, schema, name, request::of_table(name)).await {
            Err(Error::Refused(refusal)) if refusal.code() == "UnknownOperationException" => Ok(Value::Null),
            answer => answer,
        }
    }

    async fn control(&self, operation: Operation, schema: &TableSchema, name: &Arc<str>, body: Value) -> Result<Value> {
        let answer = self.attempt(request_of(operation, name, &body)).await;
        answer
            .and_then(|response| {
                serde_json::from_slice(&response.body).map_err(|_| Failure::Corrupt("the body is not JSON"))
            })
            .map_err(|failure| Error::from_failure(operation, name, schema.name, failure))
    }
}

fn request_of(operation: Operation, name: &Arc<str>, body: &Value) -> Request {
    Request { operation, table: Arc::clone(name), body: body.to_string().into() }
}

fn damaged(schema: &TableSchema, name: &str, what: &'static str) -> Error {
    Error::from_failure(Operation::DescribeTable, name, schema.name, Failure::Corrupt(what))
}

/// Growing pauses up to the deadline.
#[derive(Default)]
struct Pauses {
    last: Duration,
    sum: Duration,
}

impl Pauses {
    async fn next(&mut self, table: &str, wanted: &str) -> Result<()> {
        if self.sum >= DEADLINE {
            let difference = Difference {
                what: format!("state after {} minutes", DEADLINE.as_secs() / 60).into(),
                expected: wanted.into(),
                found: "still changing".into(),
            };
            let mismatch = SchemaMismatch { table: table.into(), differences: vec![difference] };
            return Err(Error::SchemaMismatch(Box::new(mismatch)));
        }
        self.last = (self.last * 2).clamp(FIRST_PAUSE, LONGEST_PAUSE);
        self.sum += self.last;
        tokio::time::sleep(self.last).await;
        Ok(())
    }
}
