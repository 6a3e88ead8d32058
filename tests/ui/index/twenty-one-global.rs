// A table has at most 20 global secondary indexes.

use tablewright::DynamoTable;

#[derive(DynamoTable)]
#[dynamo(
    table = "sparkle",
    gsi(name = "gsi1", partition_key = "team", sparse),
    gsi(name = "gsi2", partition_key = "team", sparse),
    gsi(name = "gsi3", partition_key = "team", sparse),
    gsi(name = "gsi4", partition_key = "team", sparse),
    gsi(name = "gsi5", partition_key = "team", sparse),
    gsi(name = "gsi6", partition_key = "team", sparse),
    gsi(name = "gsi7", partition_key = "team", sparse),
    gsi(name = "gsi8", partition_key = "team", sparse),
    gsi(name = "gsi9", partition_key = "team", sparse),
    gsi(name = "gsi10", partition_key = "team", sparse),
    gsi(name = "gsi11", partition_key = "team", sparse),
    gsi(name = "gsi12", partition_key = "team", sparse),
    gsi(name = "gsi13", partition_key = "team", sparse),
    gsi(name = "gsi14", partition_key = "team", sparse),
    gsi(name = "gsi15", partition_key = "team", sparse),
    gsi(name = "gsi16", partition_key = "team", sparse),
    gsi(name = "gsi17", partition_key = "team", sparse),
    gsi(name = "gsi18", partition_key = "team", sparse),
    gsi(name = "gsi19", partition_key = "team", sparse),
    gsi(name = "gsi20", partition_key = "team", sparse),
    gsi(name = "gsi21", partition_key = "team", sparse),
)]
struct Sparkle {
    #[dynamo(partition_key)]
    server: u64,
    #[dynamo(sort_key)]
    handle: String,
    team: Option<String>,
    total: u64,
}

fn main() {}
