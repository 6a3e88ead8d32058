//! The AWS executor's retries of bulk work, which are apart from those of other calls.

use tablewright::{Dynamo, Error, Operation};

use super::canned::{Canned, Play, refusal};
use super::executors::{get, request};

fn throttled(times: usize) -> Canned {
    Canned::new((0..times).map(|_| refusal(400, "ProvisionedThroughputExceededException")))
}

#[tokio::test(start_paused = true)]
async fn bulk_work_does_not_use_up_the_retries_of_other_calls() {
    for operation in [Operation::Scan, Operation::BatchGetItem, Operation::BatchWriteItem] {
        let canned = throttled(400);
        let db = Dynamo::builder().client(canned.client());
        let mut attempts = 0;
        for _ in 0..100 {
            let before = canned.seen().len();
            let error = db.execute_raw(request(operation, "{}")).await.unwrap_err();
            assert!(matches!(error, Error::Throttled(_)), "{error}");
            attempts = canned.seen().len() - before;
            if attempts == 1 {
                break;
            }
        }
        assert_eq!(attempts, 1, "{operation}: the quota is used up");
        let before = canned.seen().len();
        db.execute_raw(get()).await.unwrap_err();
        assert_eq!(canned.seen().len() - before, 3, "{operation}: a call of one item is still tried again");
    }
}

#[tokio::test(start_paused = true)]
async fn a_batch_write_is_not_sent_again_by_the_sdk_when_its_answer_is_lost() {
    // The batch itself sends it again, and keeps in mind that it may have been applied.
    let canned = Canned::new([Play::Break]);
    let error = Dynamo::builder().client(canned.client()).execute_raw(request(Operation::BatchWriteItem, "{}")).await;
    assert!(matches!(error, Err(Error::OutcomeUnknown(_))), "{error:?}");
    assert_eq!(canned.seen().len(), 1);
}
