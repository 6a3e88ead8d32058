//! Writes, and what they answer.

use std::collections::BTreeSet;

use tablewright::request::{Action as Sent, IntoAction, Rekeyed, WriteRequest};
use tablewright::{Dynamo, Error};

use super::op::{Action, Step, Write};
use super::store::{Entry, Place, Store, key, same};

/// True for done, false for a condition that was not met.
fn met<T>(result: Result<T, Error>) -> Result<bool, String> {
    match result {
        Ok(_) => Ok(true),
        Err(Error::ConditionFailed(_)) => Ok(false),
        Err(error) => Err(error.to_string()),
    }
}

fn told<T>(result: Result<T, Error>) -> Result<T, String> {
    result.map_err(|error| error.to_string())
}

/// Does it to both, and compares the answers.
pub(super) async fn check(db: &Dynamo, store: &mut Store, write: &Write) -> Result<(), String> {
    match write.clone() {
        Write::Create(entry) => {
            let created = met(db.create(&entry).await)?;
            same(created, !store.has(entry.place()))?;
            if created {
                store.put(entry);
            }
        }
        Write::CreateOrStored(entry) => {
            let stored = told(db.create(&entry).or_stored().await)?;
            same(stored.as_ref(), store.get(entry.place()))?;
            if stored.is_none() {
                store.put(entry);
            }
        }
        Write::Put(entry) => {
            told(db.put(&entry).await)?;
            store.put(entry);
        }
        Write::PutReturningOld(entry) => {
            let old = told(db.put(&entry).returning_old().await)?;
            same(old, store.put(entry))?;
        }
        Write::PutIf(entry, score) => {
            let put = met(db.put(&entry).condition(|e| e.score.eq(score)).await)?;
            same(put, store.get(entry.place()).is_some_and(|stored| stored.score == score))?;
            if put {
                store.put(entry);
            }
        }
        Write::Delete(place) => {
            told(db.delete(key(place)).await)?;
            store.delete(place);
        }
        Write::DeleteReturningOld(place) => {
            let old = told(db.delete(key(place)).returning_old().await)?;
            same(old, store.delete(place))?;
        }
        Write::DeleteIf(place, score) => {
            let deleted = met(db.delete(key(place)).condition(|e| e.score.lt(score)).await)?;
            same(deleted, store.get(place).is_some_and(|stored| stored.score < score))?;
            if deleted {
                store.delete(place);
            }
        }
        Write::Batch(steps) => {
            let requests = steps.iter().map(|step| request(db, step));
            let batch = requests.fold(db.batch_write().last_wins(), |batch, request| batch.request(request));
            let report = told(batch.await)?;
            let places: BTreeSet<Place> = steps.iter().map(place_of).collect();
            same(report.written(), places.len() as u64)?;
            same(report.written() + report.superseded(), steps.len() as u64)?;
            steps.into_iter().for_each(|step| take(store, step));
        }
        Write::BatchStream(steps) => {
            let requests: Vec<WriteRequest> = steps.iter().map(|step| request(db, step)).collect();
            let report = told(db.batch_write_iter(requests).await)?;
            same(told(report.complete())?, steps.len() as u64)?;
            steps.into_iter().for_each(|step| take(store, step));
        }
        Write::Transaction(actions) => transaction(db, store, actions).await?,
        Write::Rekey(from, to) => rekey(db, store, from, to).await?,
        update => self::update(db, store, update).await?,
    }
    Ok(())
}

async fn update(db: &Dynamo, store: &mut Store, write: Write) -> Result<(), String> {
    let (place, answer) = match &write {
        Write::SetScore(place, score) => (*place, met(db.update(key(*place)).set(|e| e.score, *score).await)?),
        Write::Add(place, by) => (*place, met(db.update(key(*place)).increment(|e| e.score, *by).await)?),
        Write::RemoveColor(place) => (*place, met(db.update(key(*place)).remove(|e| e.color).await)?),
        Write::SetText(place, text) => {
            let old = db.update(key(*place)).set(|e| e.text, text.as_str()).returning_old().await;
            if let Ok(old) = &old {
                same(old.as_ref(), store.get(*place))?;
            }
            (*place, met(old)?)
        }
        Write::Upsert(place, by, text) => {
            let upsert = db.upsert(key(*place)).increment(|e| e.score, *by).set(|e| e.text, text.as_str());
            let now = told(upsert.returning_new().await)?;
            let (group, at) = *place;
            let new = || Entry { group, at, color: None, score: 0, text: String::new() };
            let stored = store.0.entry(*place).or_insert_with(new);
            stored.score += by;
            stored.text.clone_from(text);
            return same(&now, stored);
        }
        other => return Err(format!("{other:?} is no update")),
    };
    same(answer, store.has(place))?;
    let Some(stored) = store.0.get_mut(&place) else { return Ok(()) };
    match write {
        Write::SetScore(_, score) => stored.score = score,
        Write::Add(_, by) => stored.score += by,
        Write::RemoveColor(_) => stored.color = None,
        Write::SetText(_, text) => stored.text = text,
        _ => {}
    }
    Ok(())
}

fn request(db: &Dynamo, step: &Step) -> WriteRequest {
    match step {
        Step::Put(entry) => WriteRequest::put(db, entry),
        Step::Delete(place) => WriteRequest::delete(db, key(*place)),
    }
    .expect("an entry can be written")
}

fn place_of(step: &Step) -> Place {
    match step {
        Step::Put(entry) => entry.place(),
        Step::Delete(place) => *place,
    }
}

fn take(store: &mut Store, step: Step) {
    match step {
        Step::Put(entry) => drop(store.put(entry)),
        Step::Delete(place) => drop(store.delete(place)),
    }
}

async fn transaction(db: &Dynamo, store: &mut Store, mut actions: Vec<Action>) -> Result<(), String> {
    // Two actions on one item are refused before anything is sent.
    let mut places = BTreeSet::new();
    actions.retain(|action| places.insert(action.place()));
    let sent: Vec<Sent> = actions.iter().map(|action| sent(db, action)).collect();
    let failing: Vec<usize> = (0..actions.len()).filter(|place| !may_be_done(store, &actions[*place])).collect();
    match db.transact_write(sent).await {
        Ok(()) => same(Vec::new(), failing)?,
        Err(Error::Cancelled(cancelled)) => {
            let reasons: Vec<usize> = cancelled.reasons().iter().map(|reason| reason.index()).collect();
            same(reasons, failing)?;
            for reason in cancelled.reasons() {
                let stored = told(reason.stored_as::<Entry>())?;
                same(stored.as_ref(), store.get(actions[reason.index()].place()))?;
            }
            return Ok(());
        }
        Err(error) => return Err(error.to_string()),
    }
    for action in actions {
        match action {
            Action::Create(entry) | Action::Put(entry) => drop(store.put(entry)),
            Action::Add(place, by) => store.0.get_mut(&place).expect("it is there").score += by,
            Action::Delete(place) => drop(store.delete(place)),
            Action::CheckExists(_) | Action::CheckAbsent(_) | Action::CheckScore(..) => {}
        }
    }
    Ok(())
}

fn sent(db: &Dynamo, action: &Action) -> Sent {
    match action {
        Action::Create(entry) => db.create(entry).into_action(),
        Action::Put(entry) => db.put(entry).into_action(),
        Action::Add(place, by) => db.update(key(*place)).increment(|e| e.score, *by).into_action(),
        Action::Delete(place) => db.delete(key(*place)).into_action(),
        Action::CheckExists(place) => db.check_exists(key(*place)).into_action(),
        Action::CheckAbsent(place) => db.check_absent(key(*place)).into_action(),
        Action::CheckScore(place, score) => db.condition_check(key(*place), |e| e.score.eq(*score)).into_action(),
    }
}

fn may_be_done(store: &Store, action: &Action) -> bool {
    match action {
        Action::Put(_) | Action::Delete(_) => true,
        Action::Create(_) | Action::CheckAbsent(_) => !store.has(action.place()),
        Action::Add(..) | Action::CheckExists(_) => store.has(action.place()),
        Action::CheckScore(place, score) => store.get(*place).is_some_and(|stored| stored.score == *score),
    }
}

async fn rekey(db: &Dynamo, store: &mut Store, from: Place, to: Place) -> Result<(), String> {
    // What is not there is taken for something that was.
    let (group, at) = from;
    let old = store.get(from).cloned();
    let old = old.unwrap_or_else(|| Entry { group, at, color: None, score: 9, text: "gone".into() });
    let new = Entry { group: to.0, at: to.1, score: old.score + 1, ..old.clone() };
    let may_move = store.has(from) && (from == to || !store.has(to));
    match db.rekey(&old, &new).await {
        Ok(Rekeyed::Moved) => {
            same(true, may_move)?;
            store.delete(from);
            store.put(new);
            Ok(())
        }
        Err(Error::Cancelled(_)) => same(false, may_move),
        other => Err(format!("{other:?}")),
    }
}
