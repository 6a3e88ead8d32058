//! Tables made, awaited and compared from their schemas.
