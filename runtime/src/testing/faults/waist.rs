//! Faults as the AWS executor reports them after its last attempt.

use std::io;

use super::Faults;
use super::fault::Loss;
use super::refusal::{bad_gateway, server_error};
use super::run::{Outcome, run, travel};
use crate::testing::BoxFuture;
use crate::{Executor, Failure, Request, Response};

impl Executor for Faults {
    fn execute(&self, request: Request) -> BoxFuture<'_, Result<Response, Failure>> {
        Box::pin(async move {
            let (outcome, open) = run(&self.0, request).await;
            let answer = match outcome {
                Outcome::Answer(answer) => answer,
                Outcome::Lost(loss, _) => {
                    if matches!(loss, Loss::Hang | Loss::Stall) {
                        travel(open.attempt_timeout).await;
                    }
                    Err(failure(loss))
                }
            };
            open.end();
            answer
        })
    }
}

fn failure(loss: Loss) -> Failure {
    let broken = |kind: io::ErrorKind| Failure::ConnectionLost(io::Error::from(kind).into());
    match loss {
        Loss::InternalServerError => server_error(500, "InternalServerError"),
        Loss::BadGateway => bad_gateway(),
        Loss::ServiceUnavailable => server_error(503, "ServiceUnavailable"),
        Loss::Reset => broken(io::ErrorKind::ConnectionReset),
        Loss::BodyError => broken(io::ErrorKind::UnexpectedEof),
        Loss::Hang | Loss::Stall => Failure::TimedOut,
        Loss::Truncated => Failure::Corrupt("the body is not as long as its header says"),
        Loss::Empty => Failure::Corrupt("the body is empty"),
        Loss::NotJson => Failure::Corrupt("the body is not a JSON object"),
        Loss::WrongChecksum | Loss::FlippedByte => {
            Failure::Corrupt("the body does not have the checksum that its header says")
        }
    }
}
