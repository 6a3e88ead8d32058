#[derive(DynamoAttribute)]
#[dynamo(rename_all = "camelCase")]
pub struct Page<'a, T> {
    pub next_page: Option<Cow<'a, str>>,
    pub items: Vec<T>,
    #[dynamo(with = Millidegrees)]
    pub temperature: Celsius,
}
