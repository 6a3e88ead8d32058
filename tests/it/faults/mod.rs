//! What the runtime promises when the network fails, over faults that are scripted, random, and cancelled.

mod batches;
mod cancel;
mod cancel_others;
mod check;
mod histories;
mod kinds;
mod linearize;
mod model;
mod op;
mod own;
mod paging;
mod policies;
mod replay;
mod schedules;
mod scripts;
mod sensitivity;
mod streams;
mod versions;
mod witness;
mod world;
mod wrong;
