//! Global indexes with keys of several attributes.

use tablewright::IntoQuery as _;
use tablewright::prelude::*;
use tablewright_terraform::{Options, Provider, generate};

use crate::runtime::backends::for_each_backend;

/// A match of a tournament: an index of two partition-key and three sort-key attributes, of all kinds of types.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "matches",
    gsi(
        name = "by-tournament",
        partition_key = ["tournament", "region"],
        sort_key = ["round", "bracket", "id"],
        sparse
    ),
    gsi(name = "by-region", partition_key = ["region", "round"], sparse)
)]
struct Match {
    #[dynamo(partition_key)]
    id: u64,
    tournament: String,
    region: Option<String>,
    round: i32,
    #[dynamo(rename = "Bracket!")]
    bracket: String,
}

fn matches() -> Vec<Match> {
    let mut matches = Vec::new();
    for (tournament, region) in [("cup", Some("eu")), ("cup", Some("us")), ("league", Some("eu")), ("cup", None)] {
        for round in [-1, 2, 10] {
            for bracket in ["a", "ab", "b"] {
                let id = u64::try_from(matches.len()).unwrap();
                let region = region.map(str::to_owned);
                matches.push(Match { id, tournament: tournament.into(), region, round, bracket: bracket.into() });
            }
        }
    }
    matches
}

async fn filled(db: &Dynamo) {
    db.create_tables(tablewright::tables![Match]).await.unwrap();
    for item in &matches() {
        db.put(item).await.unwrap();
    }
}

/// What a query gives, and what the same rule gives of the list.
async fn agrees(
    db: &Dynamo,
    query: impl tablewright::IntoQuery<Entity = Match, Index = MatchByTournamentQuery>,
    rule: impl Fn(&Match) -> bool,
) {
    let mut expected: Vec<Match> = matches()
        .into_iter()
        .filter(|m| m.tournament == "cup" && m.region.as_deref() == Some("eu") && rule(m))
        .collect();
    expected.sort_by(|a, b| (a.round, &a.bracket, a.id).cmp(&(b.round, &b.bracket, b.id)));
    assert!(!expected.is_empty(), "the rule finds nothing, so the test says nothing");
    let query = query.into_query();
    let found: Vec<Match> = db.query(query.clone()).await.unwrap();
    assert_eq!(found, expected);
    expected.reverse();
    let found: Vec<Match> = db.query(query.clone()).descending().await.unwrap();
    assert_eq!(found, expected);
    // Page by page: a cursor holds every attribute of the index's key and of the table's.
    let mut paged = Vec::new();
    let mut cursor = None;
    loop {
        let page = db.query(query.clone()).descending().page_size(1).after(cursor).page().await.unwrap();
        paged.extend(page.items);
        cursor = page.cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(paged, expected);
}

#[tokio::test]
async fn conditions_go_from_left_to_right_and_end_in_a_range() {
    for_each_backend(async |db| {
        filled(&db).await;
        let query = || Match::query_by_tournament("cup", "eu");
        agrees(&db, query(), |_| true).await;
        agrees(&db, query().round().eq(2), |m| m.round == 2).await;
        agrees(&db, query().round().lt(10), |m| m.round < 10).await;
        agrees(&db, query().round().le(2), |m| m.round <= 2).await;
        agrees(&db, query().round().gt(2), |m| m.round > 2).await;
        agrees(&db, query().round().ge(2), |m| m.round >= 2).await;
        agrees(&db, query().round().between(-1, 2), |m| (-1..=2).contains(&m.round)).await;
        agrees(&db, query().round().eq(2).bracket().begins_with("a"), |m| m.round == 2 && m.bracket.starts_with('a'))
            .await;
        agrees(&db, query().round().eq(2).bracket().eq("ab"), |m| m.round == 2 && m.bracket == "ab").await;
        agrees(&db, query().round().eq(2).bracket().gt("a"), |m| m.round == 2 && *m.bracket > *"a").await;
        let last = query().round().eq(2).bracket().eq("ab").id();
        agrees(&db, last.ge(0_u64), |m| m.round == 2 && m.bracket == "ab").await;
        let id = matches().into_iter().position(|m| m.round == 10 && m.bracket == "b").unwrap();
        let last = query().round().eq(10).bracket().eq("b").id().eq(u64::try_from(id).unwrap());
        agrees(&db, last, |m| m.round == 10 && m.bracket == "b").await;
    })
    .await;
}

#[tokio::test]
async fn an_item_without_one_attribute_of_the_key_is_not_in_the_index() {
    for_each_backend(async |db| {
        filled(&db).await;
        let two: Vec<Match> = db.query(Match::query_by_region("eu", 2)).await.unwrap();
        assert_eq!(two.len(), 6);
        let all = db.query(Match::query_by_tournament("cup", "eu")).await.unwrap().len()
            + db.query(Match::query_by_tournament("cup", "us")).await.unwrap().len()
            + db.query(Match::query_by_tournament("league", "eu")).await.unwrap().len();
        assert_eq!((all, matches().len()), (27, 36));
        db.update(Match::key(0)).remove(|m| m.region).await.unwrap();
        db.update(Match::key(27)).set(|m| m.region, "eu").await.unwrap();
        let ids: Vec<u64> = db
            .query(Match::query_by_tournament("cup", "eu").round().eq(-1))
            .await
            .unwrap()
            .iter()
            .map(|m| m.id)
            .collect();
        assert_eq!(ids, [27, 1, 2]);
    })
    .await;
}

#[tokio::test]
async fn the_request_names_each_attribute_once() {
    let db = Dynamo::with_executor(tablewright::testing::Embedded::memory().unwrap());
    let query = Match::query_by_tournament("cup", "eu").round().eq(2).bracket().begins_with("a");
    let request = db.query(query).preview();
    let body = String::from_utf8(request.unwrap().body.to_vec()).unwrap();
    let expected = r##""KeyConditionExpression":"#n0 = :v0 AND #n1 = :v1 AND #n2 = :v2 AND begins_with(#n3, :v3)""##;
    assert!(body.contains(expected), "{body}");
    assert!(body.contains(r##""#n3":"Bracket!""##), "{body}");
}

#[tokio::test]
async fn an_empty_value_of_any_attribute_is_refused_before_it_is_sent() {
    let db = Dynamo::with_executor(tablewright::testing::Embedded::memory().unwrap());
    let refused =
        |query: tablewright::Query<Match, MatchByTournamentQuery>| db.query(query).preview().unwrap_err().to_string();
    let region = refused(Match::query_by_tournament("cup", "").into_query());
    assert!(region.contains("`region`") && region.contains("Match"), "{region}");
    let bracket = refused(Match::query_by_tournament("cup", "eu").round().eq(2).bracket().eq("").into_query());
    assert!(bracket.contains("`Bracket!`"), "{bracket}");
}

#[test]
fn the_schema_has_the_attributes_in_order() {
    let index = <Match as tablewright::Entity>::TABLE.index("by-tournament").unwrap();
    let names = |keys: &[tablewright::schema::KeySchema]| keys.iter().map(|key| key.name).collect::<Vec<_>>();
    assert_eq!(names(index.partition_key), ["tournament", "region"]);
    assert_eq!(names(index.sort_key), ["round", "Bracket!", "id"]);
    assert!(index.sparse);
}

#[test]
fn terraform_needs_the_provider_that_knows_such_keys() {
    let registry = tablewright::registry::Registry::new([*<Match as tablewright::Entity>::TABLE]).unwrap();
    let generated = |provider| generate(&registry, &Options::new("it", "0.0.0").with_provider(provider));
    let problems = generated(Provider::Aws5).unwrap_err();
    let said = format!("{problems:?}");
    assert!(said.contains("`by-tournament` has a multi-attribute key") && said.contains("--provider aws6"), "{said}");
    let module = generated(Provider::Aws6).unwrap();
    let (_, table) = module.files().find(|(path, _)| path.contains("table_matches")).unwrap();
    assert_eq!(table.matches("key_schema").count(), 7, "{table}");
}

/// Two entities on one index of several attributes, each of which is a field of both.
#[derive(DynamoTable, Debug, Clone, PartialEq)]
#[dynamo(
    table = "depot",
    partition_key = "pk",
    sort_key = "sk",
    gsi(name = "by-site", partition_key = ["tenant", "site"], sort_key = ["shelf", "at"])
)]
enum Depot {
    Crate(Crate),
    Pallet(Pallet),
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Depot,
    partition_key = "CRATE#{id}",
    sort_key = "CRATE",
    index(name = "by-site", partition_key = ["tenant", "site"], sort_key = ["shelf", "at"])
)]
struct Crate {
    #[dynamo(key_only)]
    id: u32,
    tenant: String,
    site: u8,
    shelf: String,
    at: EpochSeconds,
}

#[derive(DynamoEntity, Debug, Clone, PartialEq)]
#[dynamo(
    table = Depot,
    partition_key = "PALLET#{id}",
    sort_key = "PALLET",
    index(name = "by-site", partition_key = ["tenant", "site"], sort_key = ["shelf", "at"], sparse)
)]
struct Pallet {
    #[dynamo(key_only)]
    id: u32,
    tenant: String,
    site: u8,
    shelf: Option<String>,
    at: EpochSeconds,
    weight: u32,
}

#[tokio::test]
async fn several_entities_are_on_one_index_of_several_attributes() {
    for_each_backend(async |db| {
        db.create_tables(tablewright::tables![Depot]).await.unwrap();
        let (tenant, site) = (|| String::from("t#"), 3);
        for id in 0..6_u32 {
            let (shelf, at) = (format!("s{}", id % 2), EpochSeconds(u64::from(10 - id)));
            db.create(&Crate { id, tenant: tenant(), site, shelf: shelf.clone(), at }).await.unwrap();
            let shelf = (id < 4).then_some(shelf);
            db.create(&Pallet { id, tenant: tenant(), site, shelf, at, weight: 1 }).await.unwrap();
        }
        let crates = db.query(Crate::query_by_site("t#", 3_u8).shelf().eq("s1")).await.unwrap();
        assert_eq!(crates.iter().map(|one| one.id).collect::<Vec<_>>(), [5, 3, 1]);
        let late = Pallet::query_by_site("t#", 3_u8).shelf().eq("s1").at().gt(EpochSeconds(8));
        assert_eq!(db.query(late).await.unwrap().iter().map(|one| one.id).collect::<Vec<_>>(), [1]);
        let all = || Pallet::query_by_site("t#", 3_u8).collection();
        let together: Vec<Depot> = db.query(all()).await.unwrap();
        assert_eq!(together.len(), 6 + 4, "a pallet without a shelf is not in the index");
        let (mut paged, mut cursor) = (Vec::new(), None);
        loop {
            let page = db.query(all()).page_size(1).after(cursor).page().await.unwrap();
            paged.extend(page.items);
            cursor = page.cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(paged, together);
        // Each attribute is one of its own, so an update of one leaves nothing stale.
        db.update(Pallet::key(1_u32)).set(|one| one.shelf, "s0").await.unwrap();
        db.update(Pallet::key(3_u32)).remove(|one| one.shelf).await.unwrap();
        let left = db.query(Pallet::query_by_site("t#", 3_u8)).await.unwrap();
        assert_eq!(left.iter().map(|one| one.id).collect::<Vec<_>>(), [2, 1, 0]);
    })
    .await;
}
