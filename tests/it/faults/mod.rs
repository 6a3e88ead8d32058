//! What the runtime promises when the network fails, over faults that are scripted, random, and cancelled.

mod batches;
mod cancel;
mod check;
mod model;
mod own;
mod paging;
mod policies;
mod schedules;
mod scripts;
mod sensitivity;
mod witness;
mod world;
mod wrong;
