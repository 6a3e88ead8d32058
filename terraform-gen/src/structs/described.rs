//! A table that exists, with names and types as the struct's attributes need them.

use serde_json::Value;

use crate::observed::{ObservedTable, elements, text};

/// A table as its description says.
#[derive(Debug, Clone)]
pub(super) struct Table {
    /// Its full name in AWS.
    pub(super) full_name: String,
    /// Its name in the code, without the prefix.
    pub(super) name: String,
    pub(super) partition_key: Key,
    pub(super) sort_key: Option<Key>,
    /// The indexes, global ones first, each kind by name.
    pub(super) indexes: Vec<Index>,
    pub(super) ttl: Option<String>,
    /// Its schema in the shape of the snapshot.
    pub(super) schema: Value,
}

/// A key attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) of: KeyKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyKind {
    Text,
    Number,
    Binary,
}

#[derive(Debug, Clone)]
pub(super) struct Index {
    pub(super) name: String,
    pub(super) is_global: bool,
    pub(super) partition_key: Vec<Key>,
    pub(super) sort_key: Vec<Key>,
    pub(super) projection: Projection,
    pub(super) capacity: Option<(u64, u64)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Projection {
    All,
    KeysOnly,
    Include(Vec<String>),
}

impl KeyKind {
    /// DynamoDB's name of the type.
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Text => "S",
            Self::Number => "N",
            Self::Binary => "B",
        }
    }
}

impl Table {
    /// The table, or why a struct cannot say what it is.
    pub(super) fn new(observed: &ObservedTable, prefix: &str) -> Result<Self, String> {
        let schema = &observed.schema;
        let wrong = |what: &str| format!("table `{}`: {what}", observed.name);
        let name = observed.name.strip_prefix(prefix).filter(|name| !name.is_empty());
        let own = |name: &str| schema.get(name).map(key).transpose();
        let partition_key = own("partition_key").map_err(|why| wrong(&why))?;
        let mut indexes = Vec::new();
        for (member, is_global) in [("global_indexes", true), ("local_indexes", false)] {
            for (name, of) in schema.get(member).and_then(Value::as_object).into_iter().flatten() {
                indexes.push(index(name, of, is_global).map_err(|why| wrong(&why))?);
            }
        }
        indexes.sort_by(|a, b| (!a.is_global, &a.name).cmp(&(!b.is_global, &b.name)));
        let ttl = schema.get("time_to_live").filter(|ttl| ttl.get("enabled") == Some(&Value::Bool(true)));
        Ok(Self {
            full_name: observed.name.clone(),
            name: name.ok_or_else(|| wrong(&format!("its name does not begin with `{prefix}`")))?.to_owned(),
            partition_key: partition_key.ok_or_else(|| wrong("it has no partition key"))?,
            sort_key: own("sort_key").map_err(|why| wrong(&why))?,
            indexes,
            ttl: ttl.and_then(|ttl| text(ttl, "attribute")).map(str::to_owned),
            schema: schema.clone(),
        })
    }

    /// The primary key's attributes.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        core::iter::once(&self.partition_key).chain(&self.sort_key)
    }

    /// True if the primary key has an attribute of that name.
    pub(super) fn is_key(&self, name: &str) -> bool {
        self.keys().any(|key| key.name == name)
    }

    /// The key attribute of an index that has that name.
    pub(super) fn index_key(&self, name: &str) -> Option<&Key> {
        self.indexes.iter().flat_map(Index::keys).find(|key| key.name == name)
    }
}

impl Index {
    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        // A local index has the table's partition key, which is no attribute of its own.
        let partition = if self.is_global { self.partition_key.as_slice() } else { &[] };
        partition.iter().chain(&self.sort_key)
    }
}

/// `pk:S`, in which the name may have colons too.
fn key(value: &Value) -> Result<Key, String> {
    let written = value.as_str().unwrap_or_default();
    let (name, key_type) = written.rsplit_once(':').unwrap_or((written, "?"));
    let of = match key_type {
        "S" => KeyKind::Text,
        "N" => KeyKind::Number,
        "B" => KeyKind::Binary,
        _ => return Err(format!("the type of its key attribute `{name}` is not said")),
    };
    Ok(Key { name: name.to_owned(), of })
}

fn index(name: &str, of: &Value, is_global: bool) -> Result<Index, String> {
    let keys = |member: &str| elements(of.get(member)).map(key).collect::<Result<Vec<_>, _>>();
    let included = || elements(of.get("attributes")).filter_map(Value::as_str).map(str::to_owned).collect();
    let units = |unit: &str| of.get("capacity")?.get(unit)?.as_u64();
    Ok(Index {
        name: name.to_owned(),
        is_global,
        partition_key: keys("partition_key")?,
        sort_key: keys("sort_key")?,
        projection: match text(of, "projection") {
            Some("KEYS_ONLY") => Projection::KeysOnly,
            Some("INCLUDE") => Projection::Include(included()),
            _ => Projection::All,
        },
        capacity: units("read").zip(units("write")),
    })
}
