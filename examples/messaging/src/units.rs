//! What calls cost: the capacity units that the calls' spans carry, added up.

use std::sync::{Arc, Mutex, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::LookupSpan;

/// Capacity units that were used.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Used {
    /// Read units.
    pub read: f64,
    /// Write units.
    pub write: f64,
}

/// Adds up the capacity units of every call in the process. It is a layer of `tracing`, so the calls know nothing of it.
#[derive(Debug, Clone, Default)]
pub struct Units(Arc<Mutex<Used>>);

impl Units {
    /// What was used until now.
    #[must_use]
    pub fn used(&self) -> Used {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a span's call writes.
struct Writes(bool);

#[derive(Default)]
struct Seen {
    operation: Option<String>,
    units: Option<f64>,
}

impl Visit for Seen {
    fn record_debug(&mut self, _: &Field, _: &dyn core::fmt::Debug) {}

    fn record_str(&mut self, field: &Field, value: &str) {
        if field.name() == "operation" {
            self.operation = Some(value.to_owned());
        }
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        if field.name() == "capacity_units" {
            self.units = Some(value);
        }
    }
}

impl<S: tracing::Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Units {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut seen = Seen::default();
        attributes.record(&mut seen);
        if let (Some(operation), Some(span)) = (seen.operation, context.span(id)) {
            let reads = ["GetItem", "BatchGetItem", "TransactGetItems", "Query", "Scan"].contains(&&*operation);
            span.extensions_mut().insert(Writes(!reads));
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        let mut seen = Seen::default();
        values.record(&mut seen);
        let (Some(units), Some(span)) = (seen.units, context.span(id)) else { return };
        let Some(writes) = span.extensions().get::<Writes>().map(|writes| writes.0) else { return };
        let mut used = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if writes {
            used.write += units;
        } else {
            used.read += units;
        }
    }
}
