// What is not sensitive is printed, so it can be.

use tablewright::{Adapter, DynamoTable};

struct Level(u8);

struct Levels;

impl Adapter<Level> for Levels {
    type Stored = u8;
    fn store(level: &Level) -> Result<u8, String> {
        Ok(level.0)
    }
    fn load(stored: u8) -> Result<Level, String> {
        Ok(Level(stored))
    }
}

#[derive(DynamoTable)]
#[dynamo(table = "users")]
struct User {
    #[dynamo(partition_key)]
    id: u64,
    #[dynamo(sensitive)]
    email: String,
    #[dynamo(with = Levels)]
    level: Level,
}

fn main() {}
