//! The commands, one by one.

use std::io::{self, Write};
use std::path::Path;

use messaging::app::{App, Model};
use messaging::inbox::Inbox;
use messaging::people::{GroupId, Person};
use messaging::seed::Script;
use messaging::store::Store;
use messaging::units::Units;

use super::show::{self, Columns, count, minute, short};
use super::{Stop, tables};
use crate::Job;

/// What `setup` fills the table with.
const CONVERSATION: &str = include_str!("../../conversation.txt");

/// Does one command, and writes what it has to say.
pub(crate) async fn run(
    store: &Store,
    model: Model,
    yes: bool,
    units: &Units,
    job: Job,
    out: &mut impl Write,
) -> Result<(), Stop> {
    // A file is read before anything is touched, so that a bad line changes nothing.
    let script = match &job {
        Job::Setup { file: None } => Some(parse("the conversation of the tool", CONVERSATION)?),
        Job::Setup { file: Some(file) } | Job::Seed { file } => Some(read(file)?),
        _ => None,
    };
    if let Some(what) = job.costs() {
        store.allow(what, yes)?;
    }
    if *store == Store::Production {
        writeln!(io::stderr(), "on {store}")?;
    }
    let app = App::open(store, model).await?;
    match (job, script) {
        (Job::Setup { .. }, Some(script)) => {
            tables::drop(&app, out).await?;
            tables::load(&app, out).await?;
            seed(&app, units, &script, out).await
        }
        (Job::Seed { .. }, Some(script)) => seed(&app, units, &script, out).await,
        (Job::ListTables, _) => tables::list(&app, out).await,
        (Job::DescribeTable, _) => tables::describe(&app, out).await,
        (Job::SchemaLoad, _) => tables::load(&app, out).await,
        (Job::Scan, _) => tables::scan(&app, units, out).await,
        (Job::Drop, _) => tables::drop(&app, out).await,
        (Job::GetConversation { group, take }, _) => conversation(&app, group, take, out).await,
        (Job::ListConversations { handle }, _) => conversations(&app, &person(&handle)?, out).await,
        (Job::Send { message, from, group }, _) => send(&app, units, &person(&from)?, group, &message, out).await,
        (Job::Follow { once }, _) => follow(&app, units, once, out).await,
        (Job::Setup { .. } | Job::Seed { .. }, None) => Ok(()),
    }
}

fn read(path: &Path) -> Result<Script, Stop> {
    let name = path.display().to_string();
    let text = std::fs::read_to_string(path).map_err(|error| Stop::usage(format_args!("{name}: {error}")))?;
    parse(&name, &text)
}

fn parse(name: &str, text: &str) -> Result<Script, Stop> {
    Script::parse(text).map_err(|bad| Stop::usage(format_args!("{name}: {bad}; nothing was written")))
}

fn person(handle: &str) -> Result<Person, Stop> {
    Person::of_handle(handle)
        .ok_or_else(|| Stop::usage(format_args!("there is no user `{handle}`; there are `andrewbrown` and `bayko`")))
}

async fn seed(app: &App, units: &Units, script: &Script, out: &mut impl Write) -> Result<(), Stop> {
    let seeded = app.seed(script, app.db.now_as()).await?;
    let written = show::units(units.used().write, "write");
    writeln!(out, "{} in conversation {}, {written}", count(seeded, "message"), App::seeded_group())?;
    follow(app, units, true, out).await
}

async fn follow(app: &App, units: &Units, once: bool, out: &mut impl Write) -> Result<(), Stop> {
    let failed = |error: messaging::follow::NotFollowed| Stop::Failed(error.to_string());
    if once {
        let before = units.used().write;
        let handled = app.follow().await.map_err(failed)?;
        let written = show::units(units.used().write - before, "write");
        writeln!(out, "{} of the stream handled, {written}", count(handled, "record"))?;
    } else {
        writeln!(out, "following the stream of {}; Ctrl-C ends it", app.db.name_of(app.model.table()))?;
        app.follow_on().await.map_err(failed)?;
    }
    Ok(())
}

async fn conversation(app: &App, group: Option<GroupId>, take: usize, out: &mut impl Write) -> Result<(), Stop> {
    let group = group.unwrap_or_else(App::seeded_group);
    let part = app.inbox().conversation(group, take, None).await?;
    let mut columns = Columns::new(&["who", "when (UTC)", "message"]);
    // The newest is read first and shown last.
    for message in part.items.iter().rev() {
        columns.line([message.author.handle.clone(), minute(message.created_at), short(&message.message, 60)]);
    }
    columns.write(out)?;
    let more = if part.next.is_some() { ", and there are older ones" } else { "" };
    writeln!(out, "\n{}{more}; {}", count(part.items.len(), "message"), show::units(part.capacity_units, "read"))?;
    Ok(())
}

async fn conversations(app: &App, user: &Person, out: &mut impl Write) -> Result<(), Stop> {
    let part = app.inbox().conversations(user.uuid, 20, None).await?;
    let mut columns = Columns::new(&["with", "last (UTC)", "last message", "conversation"]);
    for listed in &part.items {
        let (last, at) = (short(&listed.last_message, 40), minute(listed.last_message_at));
        columns.line([listed.other.display_name.clone(), at, last, listed.group.to_string()]);
    }
    columns.write(out)?;
    writeln!(out, "\n{}; {}", count(part.items.len(), "conversation"), show::units(part.capacity_units, "read"))?;
    Ok(())
}

async fn send(
    app: &App,
    units: &Units,
    author: &Person,
    group: Option<GroupId>,
    message: &str,
    out: &mut impl Write,
) -> Result<(), Stop> {
    let group = group.unwrap_or_else(App::seeded_group);
    let shown = match app.inbox().create_message(group, author, message).await {
        Ok(shown) => shown,
        Err(tablewright::Error::Cancelled(cancelled)) if cancelled.is_condition_failed() => {
            let who = &author.handle;
            return Err(Stop::Failed(format!("{who} is no member of conversation {group}; nothing was written")));
        }
        Err(error) => return Err(error.into()),
    };
    writeln!(out, "message {} at {}; {}", shown.uuid, shown.created_at, show::units(units.used().write, "write"))?;
    Ok(())
}
