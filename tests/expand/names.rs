#[derive(DynamoAttribute)]
#[dynamo(rename_all = "snake_case")]
enum Color {
    Red,
    DarkRed,
}
