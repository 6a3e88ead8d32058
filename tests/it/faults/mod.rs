//! What the runtime promises when the network fails, over faults that are scripted, random, and cancelled.

mod check;
mod model;
mod own;
mod witness;
mod world;
