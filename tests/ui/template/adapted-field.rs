// The text of a part is its type's.

use tablewright::{Adapter, DynamoTable};

#[derive(DynamoTable)]
#[dynamo(table = "users", partition_key = "USER#{id}")]
struct User {
    #[dynamo(with = Own)]
    id: u64,
}

struct Own;

impl Adapter<u64> for Own {
    type Stored = u64;
    fn store(value: &u64) -> Result<u64, String> {
        Ok(*value)
    }
    fn load(stored: u64) -> Result<u64, String> {
        Ok(stored)
    }
}

fn main() {}
