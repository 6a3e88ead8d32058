//! What the runtime promises when the network fails, over faults that are scripted, random, and cancelled.

mod batches;
mod cancel;
mod check;
mod kinds;
mod model;
mod own;
mod paging;
mod policies;
mod replay;
mod schedules;
mod scripts;
mod sensitivity;
mod streams;
mod witness;
mod world;
mod wrong;
