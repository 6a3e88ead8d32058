//! What the runtime promises when the network fails, over faults that are scripted, random, and cancelled.

mod check;
mod model;
mod own;
mod policies;
mod schedules;
mod witness;
mod world;
