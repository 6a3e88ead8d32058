//! The commands about the table itself.

use std::io::Write;

use messaging::app::{App, Model};
use messaging::original::CruddurMessages;
use messaging::stable::Messaging;
use messaging::units::Units;
use serde_json::Value;
use tablewright::{Error, Operation, Request};

use super::Stop;
use super::show::{self, Columns, count};

pub(super) async fn load(app: &App, out: &mut impl Write) -> Result<(), Stop> {
    app.db.ensure_tables([app.model.table()]).await?;
    writeln!(out, "table {} is there, with the schema of the code", name(app))?;
    Ok(())
}

pub(super) async fn drop(app: &App, out: &mut impl Write) -> Result<(), Stop> {
    let dropped = match app.model {
        Model::Stable => app.db.delete_table::<Messaging>().await,
        Model::Original => app.db.delete_table::<CruddurMessages>().await,
    };
    match dropped {
        Ok(()) => writeln!(out, "table {} is dropped", name(app))?,
        Err(Error::TableNotFound(_)) => writeln!(out, "there is no table {}", name(app))?,
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

pub(super) async fn list(app: &App, out: &mut impl Write) -> Result<(), Stop> {
    let mut last: Option<String> = None;
    let mut columns = Columns::new(&["table"]);
    loop {
        let start = last.as_ref().map(|last| serde_json::json!({ "ExclusiveStartTableName": last }));
        let answer = ask(app, Operation::ListTables, start.unwrap_or_else(|| serde_json::json!({}))).await?;
        for table in answer["TableNames"].as_array().into_iter().flatten() {
            columns.line([text(table)]);
        }
        last = answer["LastEvaluatedTableName"].as_str().map(str::to_owned);
        if last.is_none() {
            break;
        }
    }
    columns.write(out)?;
    Ok(())
}

pub(super) async fn describe(app: &App, out: &mut impl Write) -> Result<(), Stop> {
    let answer = ask(app, Operation::DescribeTable, serde_json::json!({ "TableName": name(app) })).await?;
    let table = &answer["Table"];
    let mut columns = Columns::new(&["", "partition key", "sort key", "carries"]);
    columns.line(keys("table", table));
    for index in table["GlobalSecondaryIndexes"].as_array().into_iter().flatten() {
        columns.line(keys(&text(&index["IndexName"]), index));
    }
    writeln!(out, "{} is {}\n", text(&table["TableName"]), text(&table["TableStatus"]))?;
    columns.write(out)?;
    let stream = &table["StreamSpecification"]["StreamViewType"];
    let stream = stream.as_str().map_or_else(|| "no stream".to_owned(), |view| format!("stream {view}"));
    writeln!(out, "\n{stream}; {} items in {} bytes", table["ItemCount"], table["TableSizeBytes"])?;
    Ok(())
}

/// A row of the keys of a table or an index.
fn keys(what: &str, described: &Value) -> [String; 4] {
    let key = |kind: &str| {
        let parts = described["KeySchema"].as_array().into_iter().flatten().filter(|part| part["KeyType"] == kind);
        parts.map(|part| text(&part["AttributeName"])).collect::<Vec<_>>().join(", ")
    };
    let carries = described["Projection"]["ProjectionType"].as_str().unwrap_or("");
    [what.to_owned(), key("HASH"), key("RANGE"), carries.to_owned()]
}

pub(super) async fn scan(app: &App, units: &Units, out: &mut impl Write) -> Result<(), Stop> {
    let mut columns = Columns::new(&["item", "what", "when (UTC)", "says"]);
    match app.model {
        Model::Stable => {
            app.db.scan::<Messaging>().await?.iter().for_each(|item| columns.line(super::rows::stable(item)))
        }
        Model::Original => {
            app.db.scan::<CruddurMessages>().await?.iter().for_each(|item| columns.line(super::rows::original(item)));
        }
    }
    columns.write(out)?;
    writeln!(out, "\n{}; {}", count(columns.len(), "item"), show::units(units.used().read, "read"))?;
    Ok(())
}

async fn ask(app: &App, operation: Operation, body: Value) -> Result<Value, Stop> {
    let request = Request { operation, table: app.db.name_of(app.model.table()), body: body.to_string().into() };
    let answer = app.db.execute_raw(request).await?;
    serde_json::from_slice(&answer.body).map_err(|error| Stop::Failed(format!("the answer is not JSON: {error}")))
}

fn name(app: &App) -> String {
    app.db.name_of(app.model.table()).to_string()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
